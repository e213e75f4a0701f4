"""The spans of one group that speak one dialect, as its module reads them."""

import re
from collections.abc import Collection, Iterator, Sequence

import numpy as np
import orjson
import pyarrow as pa
from numpy.typing import NDArray

from collector.decode.json_columns import json_values
from collector.normalise.documents import as_document
from collector.normalise.kinds import KINDS
from collector.normalise.resolve import Field, Group


class Part:
    """Some spans of a group. All maps are from the span's row in the group, and hold only rows of this part."""

    def __init__(
        self, group: Group, rows: NDArray[np.int64], fields: dict[str, Field], kinds: NDArray[np.int64]
    ) -> None:
        self.rows: list[int] = rows.tolist()
        self.spans = group.spans
        self._group = group
        self._fields = fields
        self._kinds = kinds
        self._is_mine = np.zeros(len(group.spans), bool)
        self._is_mine[rows] = True
        self._names: dict[int, str] = {}

    def values(self, key: str, among: Collection[int] | None = None) -> dict[int, object]:
        """The attribute `key` as plain values (str, int, float, bool, list, dict); of the rows `among` only."""
        spans, rows = self._holders(key, among)
        texts = self._group.attributes.values.field("string_value").take(rows)
        if not texts.null_count:
            return dict(zip(spans, texts.to_pylist(), strict=True))
        said = json_values(self._group.attributes.values.take(rows)).to_pylist()
        return {span: orjson.loads(value) for span, value in zip(spans, said, strict=True)}

    def texts(self, key: str, among: Collection[int] | None = None) -> dict[int, str]:
        """The attribute `key` where it is text that is not empty; of the rows `among` only."""
        spans, rows = self._holders(key, among)
        texts = self._group.attributes.values.field("string_value").take(rows).to_pylist()
        return {row: text for row, text in zip(spans, texts, strict=True) if text}

    def documents(self, key: str, among: Collection[int] | None = None) -> dict[int, object]:
        """The attribute `key` as an object or list: structured as sent, or JSON text; others are left out."""
        found = ((row, as_document(value)) for row, value in self.values(key, among).items())
        return {row: value for row, value in found if value is not None}

    def _holders(self, key: str, among: Collection[int] | None) -> tuple[list[int], pa.Array]:
        """Spans that have a key, and the attribute rows in which they do."""
        rows = self._group.rows(key)
        if rows is None:
            return [], pa.array([], pa.int64())
        spans = self._group.attributes.span[rows]
        wanted = self._is_mine[spans]
        if among is not None:
            asked = np.zeros(len(self._is_mine), bool)
            asked[list(among)] = True
            wanted &= asked[spans]
        return spans[wanted].tolist(), pa.array(rows[wanted])

    def keys(self, pattern: str) -> Iterator[tuple[str, "re.Match[str]"]]:
        """Attribute keys of the group that the regular expression matches as a whole."""
        compiled = re.compile(pattern)
        for key in self._group.attributes.keys:
            if (match := compiled.fullmatch(key)) is not None:
                yield key, match

    def said(self, field: str) -> dict[int, object]:
        """What the tables said of a field of crosswalk.csv; rows of which they said nothing are left out."""
        values = self._fields[field].values.take(pa.array(self.rows)).to_pylist()
        return {row: value for row, value in zip(self.rows, values, strict=True) if value is not None}

    def kind(self, row: int) -> str:
        """The kind that the tables gave."""
        return KINDS[int(self._kinds[row])]

    def name(self, row: int) -> str:
        """The span's own name."""
        if not self._names:
            self._names = dict(zip(self.rows, self.spans.name.take(pa.array(self.rows)).to_pylist(), strict=True))
        return self._names[row]

    def scope(self, row: int) -> str:
        """The name of the instrumentation scope that the span came from."""
        return self.spans.senders[int(self.spans.sender[row])].scope_name

    def scope_version(self, row: int) -> str:
        """The version of that scope."""
        return self.spans.senders[int(self.spans.sender[row])].scope_version

    def is_error(self, row: int) -> bool:
        """Whether the span's status is ERROR."""
        return bool(self.spans.status_code[row] == 2)

    def is_root(self, row: int) -> bool:
        """Whether the span has no parent."""
        return not self.spans.parent_span_id[row]

    def events(self, row: int) -> Sequence[dict[str, object]]:
        """The span's events: dicts with `name`, `time_unix_nano`, `attributes` (a dict of plain values)."""
        return self._group.events(row)

    def rows_with_events(self) -> list[int]:
        """Rows that have at least one event."""
        return [row for row in self._group.rows_with_events() if self._is_mine[row]]


__all__ = ["Part", "as_document"]
