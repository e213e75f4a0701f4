"""What was said or handed over, apart from the steps."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from collector.decode.json_columns import json_objects
from collector.normalise.crosswalk import is_content
from collector.normalise.resolve import Field, Group


def plain_attributes(group: Group) -> pa.Array:
    """JSON object per span of the attributes that are no content."""
    return json_objects(group.attributes, np.flatnonzero(~_content_mask(group)), len(group.spans))


def _content_mask(group: Group) -> NDArray[np.bool_]:
    of_key = np.array([is_content(key) for key in group.attributes.keys] or [False], bool)
    return of_key[group.attributes.key] if len(group.attributes.key) else np.zeros(0, bool)


def step_contents(group: Group, fields: dict[str, Field]) -> pa.Table | None:
    """Input, output and the other content attributes of the spans that carry any; None where none does."""
    rest = _content_mask(group)
    if not (rest.any() or fields["input"].elsewhere or fields["output"].elsewhere):
        return None
    for side in ("input", "output"):
        chosen = fields[side].chosen
        rest[chosen[chosen >= 0]] = False
    others = json_objects(group.attributes, np.flatnonzero(rest), len(group.spans))
    given, came_back = fields["input"].values, fields["output"].values
    present = pc.or_(pc.or_(pc.is_valid(given), pc.is_valid(came_back)), pc.is_valid(others))
    rows = np.flatnonzero(present.to_numpy(zero_copy_only=False))
    return pa.table(
        {
            "step_row": pa.array(np.arange(len(group.spans), dtype=np.int32)),
            "input": given,
            "output": came_back,
            "attributes": others,
        }
    ).take(pa.array(rows))


def keep_contents(contents: pa.Table | None, valid: NDArray[np.bool_], moved: NDArray[np.int64]) -> pa.Table | None:
    """The contents of valid spans, pointing at the rows that these have moved to."""
    if contents is None:
        return None
    step_row = contents.column("step_row").to_numpy()
    kept = contents.filter(pa.array(valid[step_row]))
    return kept.set_column(0, "step_row", pa.array(moved[step_row[valid[step_row]]].astype(np.int32)))
