"""What spans and their senders say that a run serves: `tachograph.outcome` (its kind), `tachograph.outcome_id`.

A span's own words win over its resource's. What a resource says holds for all that it sent of a trace.
"""

from collections.abc import Sequence

import numpy as np
import orjson
import pyarrow as pa
from numpy.typing import NDArray

from collector.decode.json_columns import json_values
from collector.normalise.crosswalk import OWN_PREFIX
from collector.normalise.resolve import Group

_KIND, _ID = f"{OWN_PREFIX}outcome", f"{OWN_PREFIX}outcome_id"
_COLUMNS = {
    "delivery": pa.int32(),
    "step_row": pa.int32(),
    **dict.fromkeys(("run_id", "step_id", "outcome", "outcome_id"), pa.string()),
}
_Claim = tuple[str | None, str | None]
_Line = tuple[int, bool, str | None, str | None]


def outcome_claims(group: Group, steps: pa.Table, rows: NDArray[np.int64]) -> pa.Table | None:
    """Rows of ledger.outcome_claims with `step_row`, the step that carries it; None where nothing is claimed.

    `rows` holds the row in the group of each step. An id that is empty, or no text and no number, is left alone.
    """
    kinds, ids = _said(group, _KIND), _said(group, _ID)
    of_sender = [(sender.resource.get(_KIND), sender.resource.get(_ID)) for sender in group.spans.senders]
    if not kinds and not ids and not any(kind or named for kind, named in of_sender):
        return None
    lines: list[_Line] = []
    for step, row in enumerate(rows.tolist()):
        kind, named = of_sender[int(group.spans.sender[row])]
        is_own = row in ids or row in kinds
        lines += [(step, is_own, *claim) for claim in _claims(kinds.get(row, kind), ids.get(row, named))]
    return _table(lines, steps) if lines else None


def _said(group: Group, key: str) -> dict[int, object]:
    rows = group.rows(key)
    if rows is None:
        return {}
    values = json_values(group.attributes.values.take(pa.array(rows))).to_pylist()
    return {span: orjson.loads(value) for span, value in zip(group.attributes.span[rows].tolist(), values, strict=True)}


def _claims(kind: object, ids: object) -> list[_Claim]:
    word = kind if isinstance(kind, str) and kind else None
    named = [text for item in (ids if isinstance(ids, list) else [ids]) if (text := _identity(item))]
    if named:
        return [(word, one) for one in dict.fromkeys(named)]
    return [(word, None)] if word else []


def _identity(value: object) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) and value and "\0" not in value else None


def _table(lines: Sequence[_Line], steps: pa.Table) -> pa.Table:
    step_rows, is_own, outcomes, ids = zip(*lines, strict=True)
    of_step = steps.select(["delivery", "run_id", "step_id"]).take(pa.array(step_rows))
    step_ids = [one if own else None for one, own in zip(of_step.column("step_id").to_pylist(), is_own, strict=True)]
    columns = {
        "delivery": of_step.column("delivery"),
        "step_row": step_rows,
        "run_id": of_step.column("run_id"),
        "step_id": step_ids,
        "outcome": outcomes,
        "outcome_id": ids,
    }
    return pa.table(columns, schema=pa.schema(_COLUMNS))
