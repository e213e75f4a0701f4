"""Sent twice is stored once: which of the incoming records the ledger already holds, and which contradict it."""

from dataclasses import dataclass
from datetime import datetime

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

import queries
from collector.store.seen import Keys, SeenFilter

Rows = NDArray[np.int64]

_FIRST_TIME, _LAST_TIME = datetime(1, 1, 1), datetime(9999, 12, 31)  # noqa: DTZ001 (the ledger's times are UTC without zone)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Row indexes of incoming records: new ones, ones that the ledger holds, ones that contradict what it holds."""

    new: Rows
    duplicate: Rows
    conflict: Rows


class Identities:
    """What may be stored already. Built from the ledger at start, kept up to date by the one writer."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._steps = _filter(cursor, "step_keys")
        self._contents = _filter(cursor, "content_keys")
        self.refused = set(_keys(cursor, "refused_keys").tolist())
        self.resources = set(_keys(cursor, "resource_keys").tolist())
        self.attribute_keys = set(cursor.execute(_sql("attribute_key_names")).fetchall())

    def judge_steps(self, cursor: duckdb.DuckDBPyConnection, steps: pa.Table) -> Verdict:
        """Judge steps by (run_id, step_id), then by content; the first of a group wins over its later twins."""
        keys, contents = _uint64(steps, "step_key"), _uint64(steps, "content_hash")
        first_row = _first_rows(keys)
        suspects = self._steps.may_contain(keys)
        twins = first_row != np.arange(len(keys))
        if not (suspects | twins).any():
            return Verdict(np.arange(len(keys)), _NONE, _NONE)
        stored = _stored_steps(cursor, steps.filter(pa.array(suspects)))
        return self._compare(keys, contents, first_row, stored)

    def judge_contents(self, cursor: duckdb.DuckDBPyConnection, records: pa.Table) -> Verdict:
        """Judge records without an id: equal content is the same record; there are no conflicts."""
        keys = _uint64(records, "content_hash")
        twins = _first_rows(keys) != np.arange(len(keys))
        suspects = self._contents.may_contain(keys)
        stored = _stored_contents(cursor, keys[suspects]) if suspects.any() else np.empty(0, np.uint64)
        known = twins | np.isin(keys, stored)
        return Verdict(np.flatnonzero(~known), np.flatnonzero(known), _NONE)

    def remember_steps(self, keys: Keys) -> None:
        """Steps that are committed now."""
        self._steps.add(keys)

    def remember_contents(self, keys: Keys) -> None:
        """Records without an id that are committed now."""
        self._contents.add(keys)

    def _compare(self, keys: Keys, contents: Keys, first_row: Rows, stored: dict[int, int]) -> Verdict:
        verdicts = np.zeros(len(keys), np.int8)
        conflicts: set[int] = set()
        for row, (key, content) in enumerate(zip(keys.tolist(), contents.tolist(), strict=True)):
            is_first = first_row[row] == row
            if is_first and key not in stored:
                continue
            held = stored[key] if key in stored else int(contents[first_row[row]])
            if content == held or content in self.refused or content in conflicts:
                verdicts[row] = 1
            else:
                verdicts[row] = 2
                conflicts.add(content)
        return Verdict(np.flatnonzero(verdicts == 0), np.flatnonzero(verdicts == 1), np.flatnonzero(verdicts == 2))


_NONE: Rows = np.empty(0, np.int64)


def _stored_steps(cursor: duckdb.DuckDBPyConnection, suspects: pa.Table) -> dict[int, int]:
    """Content hash by step key of those suspects that the ledger holds.

    First where their times say (row groups elsewhere are skipped), then, for the few not found there, everywhere.
    """
    if not len(suspects):
        return {}
    times = suspects.column("started_at")
    bounds = pc.min_max(times).as_py()
    found: dict[int, int] = {}
    if times.null_count == 0:
        found = _find_steps(cursor, suspects, bounds["min"], bounds["max"])
    missing = suspects.filter(pc.invert(pc.is_in(suspects.column("step_key"), pa.array(list(found), pa.uint64()))))
    if len(missing):
        found |= _find_steps(cursor, missing, _FIRST_TIME, _LAST_TIME)
    return found


def _find_steps(
    cursor: duckdb.DuckDBPyConnection, suspects: pa.Table, earliest: datetime, latest: datetime
) -> dict[int, int]:
    cursor.register("suspects", suspects.select(["run_id", "step_id", "step_key"]))
    try:
        rows = cursor.execute(_sql("stored_steps"), {"earliest": earliest, "latest": latest}).fetchall()
    finally:
        cursor.unregister("suspects")
    return {int(key): int(content) for key, content in rows}


def _stored_contents(cursor: duckdb.DuckDBPyConnection, suspects: Keys) -> Keys:
    cursor.register("suspects", pa.table({"content_hash": suspects}))
    try:
        return _uint64(cursor.execute(_sql("stored_contents")).to_arrow_table(), "content_hash")
    finally:
        cursor.unregister("suspects")


def _first_rows(keys: Keys) -> Rows:
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    return first[inverse].astype(np.int64)


def _uint64(table: pa.Table, name: str) -> Keys:
    return np.asarray(table.column(name).to_numpy(), np.uint64)


def _filter(cursor: duckdb.DuckDBPyConnection, name: str) -> SeenFilter:
    keys = _keys(cursor, name)
    seen = SeenFilter(2 * len(keys))
    seen.add(keys)
    return seen


def _keys(cursor: duckdb.DuckDBPyConnection, name: str) -> Keys:
    found = cursor.execute(_sql(name)).fetchnumpy()
    return np.asarray(next(iter(found.values())), np.uint64)


def _sql(name: str) -> str:
    return queries.statement("write", name).sql
