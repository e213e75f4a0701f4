"""Token columns of a group, by the rule of usage.py and what is known of the senders (usage_basis.csv)."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from collector.normalise.crosswalk import BasisRule, basis_rules
from collector.normalise.resolve import Field, Group
from collector.normalise.usage import settle_usage


def usage_columns(group: Group, fields: dict[str, Field]) -> dict[str, pa.Array]:
    """The buckets, inclusive, and `usage_basis` and `usage_rule`."""
    usage = settle_usage({name: field.values for name, field in fields.items()}, _known_exclusive(group, fields))
    return usage.columns | {"usage_basis": usage.basis, "usage_rule": usage.rule}


def _known_exclusive(group: Group, fields: dict[str, Field]) -> NDArray[np.bool_]:
    known = np.zeros(len(group.spans), bool)
    for rule in basis_rules():
        known |= _holds(group, fields, rule)
    return known


def _holds(group: Group, fields: dict[str, Field], rule: BasisRule) -> NDArray[np.bool_]:
    holds = _came_from(group, fields["input_tokens"], rule.input_key)
    if not holds.any():
        return holds
    if rule.scope:
        holds &= group.of_scope(rule.scope)
    if rule.provider:
        provider = pc.fill_null(pc.starts_with(fields["provider"].values, rule.provider), False)
        holds &= np.asarray(provider.to_numpy(zero_copy_only=False), bool)
    if rule.absent_key:
        for rows in group.rows_like(rule.absent_key):
            holds[group.attributes.span[rows]] = False
    return holds


def _came_from(group: Group, field: Field, key: str) -> NDArray[np.bool_]:
    came = np.zeros(len(group.spans), bool)
    for row, source in field.elsewhere.items():
        came[row] = source == key or (key.endswith("*") and source.startswith(key[:-1]))
    for rows in group.rows_like(key):
        spans = group.attributes.span[rows]
        came[spans[field.chosen[spans] == rows]] = True
    return came
