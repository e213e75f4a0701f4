"""Which kind of step a span is, by rule (kinds.csv)."""

from functools import cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from collector.normalise.crosswalk import KindRule, kind_rules
from collector.normalise.resolve import Group

KINDS = (
    "model_call",
    "tool_call",
    "retrieval",
    "validator",
    "approval",
    "escalation",
    "ceiling",
    "message",
    "agent",
    "workflow",
    "other",
    "plumbing",
)
KIND_CODE = {kind: code for code, kind in enumerate(KINDS)}
_UNDECIDED, _CHAIN = -1, -2
_ANY_KEY, _SPAN_NAME, _OWN_KEY = "<any key>", "<span name>", "tachograph.kind"


def step_kinds(group: Group) -> NDArray[np.int64]:
    """Index into KINDS for each span.

    Own key, then the dialects' kind keys in the order of kinds.csv, then span names, then keys that tell on
    their own. What no rule knows is `other`. A chain is plumbing, but the root chain is the workflow.
    """
    kinds = np.full(len(group.spans), _UNDECIDED, np.int64)
    _by_value(group, kinds, group.rows(_OWN_KEY), dict(KIND_CODE))
    for (key, scope), values in _rules_by_key().items():
        if key == _SPAN_NAME:
            _by_span_name(group, kinds, scope, values)
        elif key == _ANY_KEY:
            for present, code in values.items():
                _where_undecided(group, kinds, group.rows_in_scope(present, scope), code)
        else:
            _by_value(group, kinds, group.rows_in_scope(key, scope), values)
    kinds[kinds == _UNDECIDED] = KIND_CODE["other"]
    is_root = np.array([not parent for parent in group.spans.parent_span_id], bool)
    return np.where(kinds == _CHAIN, np.where(is_root, KIND_CODE["workflow"], KIND_CODE["plumbing"]), kinds)


def kind_names(kinds: NDArray[np.int64]) -> pa.Array:
    """Kinds as a dictionary column of words."""
    return pa.DictionaryArray.from_arrays(pa.array(kinds.astype(np.int8)), pa.array(KINDS))


@cache
def _rules_by_key() -> dict[tuple[str, str], dict[str, int]]:
    found: dict[tuple[str, str], dict[str, int]] = {}
    for rule in kind_rules():
        found.setdefault((rule.key, rule.scope), {})[rule.value] = _kind_code(rule)
    return found


def _kind_code(rule: KindRule) -> int:
    return _CHAIN if rule.kind == "chain" else KIND_CODE[rule.kind]


def _by_value(group: Group, kinds: NDArray[np.int64], rows: NDArray[np.int64] | None, codes: dict[str, int]) -> None:
    if rows is None:
        return
    said = group.attributes.values.field("string_value").take(pa.array(rows)).dictionary_encode()
    of_word = np.array([codes.get(word or "", _UNDECIDED) for word in said.dictionary.to_pylist()] or [_UNDECIDED])
    indices = said.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    spans = group.attributes.span[rows]
    open_still = (kinds[spans] == _UNDECIDED) & (indices >= 0)
    kinds[spans[open_still]] = of_word[indices[open_still]]


def _where_undecided(group: Group, kinds: NDArray[np.int64], rows: NDArray[np.int64] | None, code: int) -> None:
    if rows is not None:
        spans = group.attributes.span[rows]
        kinds[spans[kinds[spans] == _UNDECIDED]] = code


def _by_span_name(group: Group, kinds: NDArray[np.int64], scope: str, prefixes: dict[str, int]) -> None:
    undecided = np.flatnonzero((kinds == _UNDECIDED) & group.of_scope(scope))
    if not len(undecided):
        return
    names = group.spans.name.take(pa.array(undecided)).to_pylist()
    for span, name in zip(undecided.tolist(), names, strict=True):
        kinds[span] = next((code for prefix, code in prefixes.items() if name.startswith(prefix)), _UNDECIDED)
