"""Read canonical fields out of long-form attributes, a whole group of spans at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from collector.decode.json_columns import texts
from collector.decode.spans import Attributes, Spans, event_json, link_json
from collector.normalise.crosswalk import Rule

_WHOLE_NUMBER = r"^\s*-?\d{1,18}\s*$"
_NUMBER = r"^\s*-?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?\s*$"
_ONE_WORD = r'^\["([^"\\]*)"\]$'
_MOST_USD = 1e8
MOST_COUNTED = 10**15
"""No count of tokens is above this; a number that is, is none."""

_TO_MS = {"ms": 1.0, "seconds": 1000.0}


class Group:
    """The attributes of a group of spans, indexed by key, so that a field costs one scatter per key that says it."""

    def __init__(self, spans: Spans) -> None:
        self.spans = spans
        self.attributes: Attributes = spans.attributes
        self.nothing: pa.StringArray = pa.nulls(len(spans), pa.string())
        self.unchosen: NDArray[np.int64] = np.full(len(spans), -1, np.int64)
        order = self.attributes.by_key
        bounds = np.searchsorted(self.attributes.key[order], np.arange(len(self.attributes.keys) + 1))
        self._rows = {
            key: order[bounds[i] : bounds[i + 1]]
            for i, key in enumerate(self.attributes.keys)
            if bounds[i] < bounds[i + 1]
        }
        self._scopes: dict[str, NDArray[np.bool_]] = {}
        self._events: dict[int, list[dict[str, object]]] = {}
        self._rows_with_events: list[int] | None = None

    def rows(self, key: str) -> NDArray[np.int64] | None:
        """Attribute rows of a key, or None where no span of the group has it."""
        return self._rows.get(key)

    def spans_with(self, key: str) -> set[int]:
        """Spans that have a key."""
        rows = self._rows.get(key)
        return set() if rows is None else set(self.attributes.span[rows].tolist())

    def rows_like(self, key: str) -> list[NDArray[np.int64]]:
        """Attribute rows of a key; where it ends in `*`, of every key that begins so."""
        if not key.endswith("*"):
            rows = self._rows.get(key)
            return [] if rows is None else [rows]
        return [rows for name, rows in self._rows.items() if name.startswith(key[:-1])]

    def of_scope(self, prefix: str) -> NDArray[np.bool_]:
        """Per span whether the name of its instrumentation scope begins so."""
        if prefix not in self._scopes:
            of_sender = [sender.scope_name.startswith(prefix) for sender in self.spans.senders]
            self._scopes[prefix] = np.array(of_sender or [False], bool)[self.spans.sender]
        return self._scopes[prefix]

    def rows_in_scope(self, key: str, scope: str) -> NDArray[np.int64] | None:
        """Attribute rows of a key, on spans of a scope only where one is named."""
        rows = self._rows.get(key)
        if rows is None or not scope:
            return rows
        mine = self.of_scope(scope)
        return rows[mine[self.attributes.span[rows]]] if mine.any() else None

    def rows_with_events(self) -> list[int]:
        """Spans that have events."""
        if self._rows_with_events is None:
            lengths = pc.list_value_length(self.spans.events).to_numpy(zero_copy_only=False)
            self._rows_with_events = np.flatnonzero(lengths > 0).tolist()
        return self._rows_with_events

    def events(self, row: int) -> Sequence[dict[str, object]]:
        """A span's events, decoded once."""
        if row not in self._events:
            self._events[row] = [event_json(raw) for raw in self.spans.events[row].as_py() or ()]
        return self._events[row]

    def links_of_roots(self) -> Iterator[tuple[int, list[str]]]:
        """Root spans with links, and the other traces that these name."""
        lengths = pc.list_value_length(self.spans.links).to_numpy(zero_copy_only=False)
        for row in np.flatnonzero(lengths > 0).tolist():
            if not self.spans.parent_span_id[row]:
                traces = [str(link_json(raw)["trace_id"]) for raw in self.spans.links[row].as_py()]
                yield row, [trace for trace in dict.fromkeys(traces) if trace != self.spans.trace_id[row]]

    def choose(self, rules: tuple[Rule, ...]) -> NDArray[np.int64]:
        """Per span the attribute row that says the field, by precedence; -1 where nothing does."""
        chosen = np.full(len(self.spans), -1, np.int64)
        for rule in reversed(rules):
            rows = self.rows_in_scope(rule.key, rule.scope) if rule.on_span else None
            if rows is not None:
                chosen[self.attributes.span[rows]] = rows
        return chosen


@dataclass(frozen=True, slots=True)
class Field:
    """A canonical column, with the attribute row that each value came from (-1: none, or from the resource).

    `elsewhere` says by row what a value came from that is no attribute: an event, a part of a document.
    """

    values: pa.Array
    chosen: NDArray[np.int64]
    elsewhere: Mapping[int, str] = field(default_factory=dict)


class _Taken:
    """The chosen value of each span, one AnyValue case at a time: most fields need but one of the seven."""

    def __init__(self, group: Group, chosen: NDArray[np.int64]) -> None:
        self._values = group.attributes.values
        self._rows = pa.array(chosen, mask=chosen < 0)
        self.null_count = self._rows.null_count

    def case(self, name: str) -> pa.Array:
        return self._values.field(name).take(self._rows)

    def whole(self) -> pa.StructArray:
        return self._values.take(self._rows)


def read_field(group: Group, rules: tuple[Rule, ...]) -> Field:
    """One canonical field of all spans. A value that its type cannot hold is null, and stays with the attributes."""
    kind = rules[0].type
    if not any(rule.on_span and group.rows(rule.key) is not None for rule in rules):
        return Field(_from_resource(group, rules, group.nothing), group.unchosen)
    chosen = group.choose(rules)
    taken = _Taken(group, chosen)
    if kind in ("text", "words"):
        said = _text(taken)
        if kind == "words":
            said = pc.replace_substring_regex(said, _ONE_WORD, r"\1")
        return Field(_from_resource(group, rules, said), chosen)
    if kind in ("tokens", "count"):
        return Field(_whole(taken), chosen)
    if kind == "usd":
        return Field(_usd(taken), chosen)
    return Field(pc.multiply(_number(taken), pa.array(_factors(group, rules, chosen))), chosen)


def _text(taken: _Taken) -> pa.StringArray:
    strings = taken.case("string_value")
    found = strings if strings.null_count == taken.null_count else texts(taken.whole())
    if pc.min(pc.binary_length(found)).as_py() != 0:
        return found
    return pc.if_else(pc.equal(found, ""), pa.scalar(None, pa.string()), found)


def _from_resource(group: Group, rules: tuple[Rule, ...], said: pa.StringArray) -> pa.StringArray:
    keys = [rule.key for rule in rules if rule.on_resource]
    if not keys or said.null_count == 0:
        return said
    by_sender = [
        next((str(s.resource[k]) for k in keys if s.resource.get(k) not in (None, "")), None)
        for s in group.spans.senders
    ]
    if not any(by_sender):
        return said
    return pc.coalesce(said, pa.array(by_sender, pa.string()).take(pa.array(group.spans.sender)))


def _whole(taken: _Taken) -> pa.Int64Array:
    whole = taken.case("int_value")
    if whole.null_count > taken.null_count:
        doubles, strings = taken.case("double_value"), taken.case("string_value")
        integral = pc.and_(pc.equal(pc.floor(doubles), doubles), pc.less(pc.abs(doubles), 2.0**53))
        from_double = pc.if_else(integral, doubles, None).cast(pa.int64())
        digits = pc.if_else(pc.match_substring_regex(strings, _WHOLE_NUMBER), pc.utf8_trim_whitespace(strings), None)
        whole = pc.coalesce(whole, from_double, digits.cast(pa.int64()))
    good = pc.and_(pc.greater_equal(whole, 0), pc.less_equal(whole, MOST_COUNTED))
    return pc.if_else(good, whole, pa.scalar(None, pa.int64()))


def _number(taken: _Taken) -> pa.DoubleArray:
    strings = taken.case("string_value")
    digits = pc.if_else(pc.match_substring_regex(strings, _NUMBER), pc.utf8_trim_whitespace(strings), None)
    number = pc.coalesce(
        taken.case("double_value"), taken.case("int_value").cast(pa.float64(), safe=False), digits.cast(pa.float64())
    )
    good = pc.and_(pc.is_finite(number), pc.greater_equal(number, 0))
    return pc.if_else(good, number, pa.scalar(None, pa.float64()))


def _usd(taken: _Taken) -> pa.Array:
    number = _number(taken)
    bounded = pc.if_else(pc.less(number, _MOST_USD), number, pa.scalar(None, pa.float64()))
    return bounded.cast(pa.decimal128(18, 9), safe=False)


def _factors(group: Group, rules: tuple[Rule, ...], chosen: NDArray[np.int64]) -> NDArray[np.float64]:
    by_key = {rule.key: _TO_MS[rule.type] for rule in rules}
    factor = np.array([by_key.get(key, 1.0) for key in group.attributes.keys] or [1.0])
    return np.where(
        chosen >= 0, factor[group.attributes.key[np.maximum(chosen, 0)]] if len(group.attributes.key) else 1.0, 1.0
    )
