"""What a step is called, by its kind."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from collector.normalise.kinds import KINDS
from collector.normalise.resolve import Field, Group

_NAME_FIELD = {
    "tool_call": "tool_name",
    "approval": "tool_name",
    "retrieval": "source_name",
    "model_call": "request_model",
    "agent": "agent",
    "workflow": "workflow",
}
_NAME_KEY = {"validator": "tachograph.rule", "ceiling": "tachograph.limit", "escalation": "tachograph.to"}


def step_names(group: Group, fields: dict[str, Field], kinds: NDArray[np.int64], told: dict[int, object]) -> pa.Array:
    """`tachograph.name`; else what a dialect says; else what names a step of its kind; else the span's own name."""
    names = group.spans.name
    for code in np.unique(kinds).tolist():
        kind = KINDS[code]
        if kind in _NAME_FIELD:
            said = fields[_NAME_FIELD[kind]].values
        elif kind in _NAME_KEY:
            said = _own_text(group, _NAME_KEY[kind])
        else:
            continue
        names = pc.if_else(pc.and_(pa.array(kinds == code), pc.is_valid(said)), said, names)
    if told:
        names = pc.coalesce(pa.array([told.get(row) for row in range(len(names))], pa.string()), names)
    own = _own_text(group, "tachograph.name")
    return names if own.null_count == len(own) else pc.coalesce(own, names)


def _own_text(group: Group, key: str) -> pa.Array:
    rows = group.rows(key)
    if rows is None:
        return pa.nulls(len(group.spans), pa.string())
    chosen = np.full(len(group.spans), -1, np.int64)
    chosen[group.attributes.span[rows]] = rows
    return group.attributes.values.field("string_value").take(pa.array(chosen, mask=chosen < 0))
