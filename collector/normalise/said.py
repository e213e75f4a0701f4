"""What dialect modules say, laid over what the tables said."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from collector.normalise.crosswalk import OWN_PREFIX, rules
from collector.normalise.dialects import Dialect, Said, dialects
from collector.normalise.kinds import KIND_CODE
from collector.normalise.part import Part
from collector.normalise.resolve import MOST_COUNTED, Field, Group

_OWN_KIND = OWN_PREFIX + "kind"
_TYPES = {
    "text": pa.string(),
    "words": pa.string(),
    "tokens": pa.int64(),
    "count": pa.int64(),
    "usd": pa.decimal128(18, 9),
    "ms": pa.float64(),
    "seconds": pa.float64(),
}


@dataclass(frozen=True, slots=True)
class Overlaid:
    """Fields and kinds with what the dialects said, and `beyond`: by name what is no field of crosswalk.csv, by row."""

    fields: dict[str, Field]
    kinds: NDArray[np.int64]
    beyond: dict[str, dict[int, object]]


def overlay(group: Group, fields: dict[str, Field], kinds: NDArray[np.int64], told: Iterable[Said] = ()) -> Overlaid:
    """Ask every dialect that is spoken in the group. A value that its field cannot hold is left out.

    `told` is what the caller knows already: it wins over the dialects.
    """
    found: dict[str, dict[int, Said]] = {}
    for dialect in dialects():
        rows = _rows_of(group, dialect)
        if len(rows):
            for said in dialect.read(Part(group, rows, fields, kinds)):
                found.setdefault(said.field, {})[said.row] = said
    for said in told:
        found.setdefault(said.field, {})[said.row] = said
    if not found:
        return Overlaid(fields, kinds, {})
    of_kind = found.pop("kind", {})
    fields_told = {name: _field(group, fields[name], found.pop(name), name) for name in fields if name in found}
    beyond = {name: {row: said.value for row, said in rows.items()} for name, rows in found.items()}
    return Overlaid(fields | fields_told, _kinds(group, kinds, of_kind), beyond)


def _rows_of(group: Group, dialect: Dialect) -> NDArray[np.int64]:
    spoken = np.zeros(len(group.spans), bool)
    for scope in dialect.scopes:
        spoken |= group.of_scope(scope)
    for key in dialect.keys:
        for rows in group.rows_like(key):
            spoken[group.attributes.span[rows]] = True
    return np.flatnonzero(spoken)


def _kinds(group: Group, kinds: NDArray[np.int64], told: dict[int, Said]) -> NDArray[np.int64]:
    own_spans = group.spans_with(_OWN_KIND)
    changed = kinds.copy()
    for row, said in told.items():
        if row not in own_spans:
            changed[row] = KIND_CODE[str(said.value)]
    return changed


def _field(group: Group, field: Field, told: dict[int, Said], name: str) -> Field:
    """The field with the told values, in ascending order of rows, but for what the sender's own keys say."""
    kind = _TYPES[rules()[name][0].type]
    own = {i for i, key in enumerate(group.attributes.keys) if key.startswith(OWN_PREFIX)}
    rows, values, elsewhere = [], [], dict(field.elsewhere)
    for row in sorted(told):
        attribute = int(field.chosen[row])
        value, fits = _fitting(told[row].value, kind)
        if fits and not (attribute >= 0 and int(group.attributes.key[attribute]) in own):
            rows.append(row)
            values.append(value)
            if value is not None:
                elsewhere[row] = told[row].key
    mask = np.zeros(len(field.chosen), bool)
    mask[rows] = True
    chosen = np.where(mask, -1, field.chosen)
    return replace(
        field,
        values=pc.replace_with_mask(field.values.cast(kind), pa.array(mask), pa.array(values, kind)),
        chosen=chosen,
        elsewhere=elsewhere,
    )


def _fitting(value: object, kind: pa.DataType) -> tuple[object, bool]:
    if value is None:
        return None, True
    if pa.types.is_string(kind):
        return value or None, isinstance(value, str)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal) or not value >= 0:
        return None, False
    if pa.types.is_int64(kind):
        return (int(value), True) if value <= MOST_COUNTED and value == int(value) else (None, False)
    if pa.types.is_decimal(kind):
        return (round(Decimal(str(value)), 9), True) if value < 10**8 else (None, False)
    return float(value), True


__all__ = ["Overlaid", "overlay"]
