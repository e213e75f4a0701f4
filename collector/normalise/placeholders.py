"""Words that instrumentations write where they know nothing (placeholders.csv) are unknown."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from collector.normalise.crosswalk import placeholders
from collector.normalise.resolve import Field, Group


def without_placeholders(group: Group, fields: dict[str, Field]) -> dict[str, Field]:
    """The fields, with placeholders as unknown."""
    found = dict(fields)
    for rule in placeholders():
        if rule.scope and not group.of_scope(rule.scope).any():
            continue
        field = found[rule.field]
        if field.values.null_count == len(field.values):
            continue
        empty = np.asarray(pc.fill_null(pc.equal(field.values, rule.value), False).to_numpy(zero_copy_only=False), bool)
        empty &= group.of_scope(rule.scope)
        if empty.any():
            unknown = pc.if_else(pa.array(empty), pa.scalar(None, pa.string()), field.values)
            found[rule.field] = replace(field, values=unknown, chosen=np.where(empty, -1, field.chosen))
    return found
