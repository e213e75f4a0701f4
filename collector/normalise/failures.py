"""Whether a step failed: the span's status, and what says otherwise (status.csv, exceptions.csv)."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from collector.decode.json_columns import texts
from collector.normalise.crosswalk import ExceptionRule, StatusRule, exception_rules, status_rules
from collector.normalise.resolve import Group

STATUS = ("unset", "ok", "error")
_UNSET, _ERROR = 0, 2
_ANY = "<any>"


def step_status(group: Group, told: dict[int, object]) -> NDArray[np.int64]:
    """Index into STATUS per span. `told` is what dialect modules said; then exceptions, then keys decide.

    Keys speak only where the sender left the status open; exceptions that are no failure also where it says ERROR.
    """
    codes = group.spans.status_code.copy()
    codes[(codes < 0) | (codes >= len(STATUS))] = _UNSET
    for rule in status_rules():
        _by_key(group, codes, rule)
    for row in group.rows_with_events():
        verdict = _by_exception(group, row)
        if verdict is not None:
            codes[row] = verdict
    for row, status in told.items():
        codes[row] = STATUS.index(str(status))
    return codes


def first_exception(group: Group, row: int) -> dict[str, object] | None:
    """Attributes of a span's first `exception` event."""
    for event in group.events(row):
        if event["name"] == "exception" and isinstance(event["attributes"], dict):
            return event["attributes"]
    return None


def _by_key(group: Group, codes: NDArray[np.int64], rule: StatusRule) -> None:
    rows = group.rows_in_scope(rule.key, rule.scope)
    if rows is None:
        return
    said = texts(group.attributes.values.take(pa.array(rows)))
    holds = pc.not_equal(said, "") if rule.value == _ANY else pc.equal(said, rule.value)
    spans = group.attributes.span[rows][np.asarray(pc.fill_null(holds, False).to_numpy(zero_copy_only=False), bool)]
    codes[spans[codes[spans] == _UNSET]] = STATUS.index(rule.status)


def _by_exception(group: Group, row: int) -> int | None:
    said = first_exception(group, row)
    if said is None:
        return None
    kind = str(said.get("exception.type", "")).rpartition(".")[2]
    scope = group.spans.senders[int(group.spans.sender[row])].scope_name
    rule = next((rule for rule in exception_rules() if _applies(rule, kind, scope)), None)
    return None if rule is None else STATUS.index(rule.status)


def _applies(rule: ExceptionRule, kind: str, scope: str) -> bool:
    return rule.exception in (kind, _ANY) and scope.startswith(rule.scope)
