"""One transaction's appends, and what the identities must remember once it is committed."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

import queries
from collector.model import Delivery, Derived, Receipt, Records, Reject, content_hash
from collector.prices.model import PriceKey
from collector.store.identity import Identities, Verdict
from collector.store.incoming import (
    CONTENT_TABLES,
    Refused,
    Stamp,
    batch_rows,
    claim_rows,
    content_rows,
    ledger_rows,
    reject_rows,
    unmapped_rows,
)
from collector.store.pricing import Pricing

_MOST_REASONS = 100
_MOST_KEYS = 10_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """Deliveries of one signal with their records; indexes in `records` point into `deliveries`."""

    deliveries: tuple[Delivery, ...]
    records: Records


@dataclass(slots=True)
class News:
    """What a transaction brings; handed to the identities after its commit, thrown away without one."""

    refused: set[int] = field(default_factory=set)
    resources: set[int] = field(default_factory=set)
    attribute_keys: set[tuple[str, str]] = field(default_factory=set)
    price_keys: set[PriceKey] = field(default_factory=set)

    def remember(self, identities: Identities) -> None:
        """Tell the identities, now that it is committed."""
        identities.refused |= self.refused
        identities.resources |= self.resources
        identities.attribute_keys |= self.attribute_keys


@dataclass(slots=True)
class _Tally:
    """Counts per delivery."""

    stored: NDArray[np.int64]
    duplicate: NDArray[np.int64]
    conflict: NDArray[np.int64]

    def count(self, delivery: NDArray[np.int64], verdict: Verdict) -> None:
        for name in ("stored", "duplicate", "conflict"):
            rows = verdict.new if name == "stored" else getattr(verdict, name)
            getattr(self, name)[:] += np.bincount(delivery[rows], minlength=len(self.stored))


class Writer:
    """Appends groups in an open transaction."""

    def __init__(
        self, cursor: duckdb.DuckDBPyConnection, identities: Identities, pricing: Pricing, collector_id: str
    ) -> None:
        self._cursor, self._identities, self._pricing, self._collector_id = cursor, identities, pricing, collector_id
        self.news = News()

    def write(self, group: Decoded, stamp: Stamp, commit_id: int) -> tuple[Receipt, ...]:
        """Append one group; receipts of its deliveries, valid once the transaction is committed."""
        records, size = group.records, len(group.deliveries)
        tally = _Tally(*(np.zeros(size, np.int64) for _ in range(3)))
        conflicts: list[Refused] = []
        for name, table, verdict in self._judged(records):
            tally.count(table.column("delivery").to_numpy(), verdict)
            self._append(name, table, verdict, stamp, records)
            if name == "log_records" and records.derived is not None:
                self._append_derived(records.derived, verdict, stamp)
            conflicts += [_conflict(records, table, int(row)) for row in verdict.conflict]
        self._append_senders(records, stamp)
        self._append_rejects(group, conflicts, stamp)
        receipts = _receipts(group, conflicts, tally, stamp)
        self._insert("batches", batch_rows(group.deliveries, receipts, stamp, commit_id, self._collector_id))
        return receipts

    def _judged(self, records: Records) -> Iterator[tuple[str, pa.Table, Verdict]]:
        if records.steps is not None and len(records.steps):
            yield "steps", records.steps, self._identities.judge_steps(self._cursor, records.steps)
        for name in CONTENT_TABLES:
            table = getattr(records, name)
            if table is not None and len(table):
                yield name, table, self._identities.judge_contents(self._cursor, table)

    def _append(self, name: str, table: pa.Table, verdict: Verdict, stamp: Stamp, records: Records) -> None:
        kept = table if len(verdict.new) == len(table) else table.take(pa.array(verdict.new))
        if not len(kept):
            return
        rows = ledger_rows(name, kept, stamp)
        self._insert(name, rows)
        # Remembered at once: a later group of this transaction must meet them. Should it be rolled back, the filter
        # asks the ledger about a few keys too many, and that is all.
        if name == "steps":
            self._identities.remember_steps(kept.column("step_key").to_numpy())
            if records.step_contents is not None and len(records.step_contents):
                self._insert("step_contents", content_rows(records.step_contents, table, verdict.new, rows))
            self._append_annotations(records.step_annotations, verdict, stamp)
            self._append_claims(records.outcome_claims, "step_row", verdict, stamp)
        else:
            if name == "run_ends":
                self._append_claims(records.outcome_claims, "end_row", verdict, stamp)
            self._identities.remember_contents(kept.column("content_hash").to_numpy())

    def _append_annotations(self, said: pa.Table | None, steps: Verdict, stamp: Stamp) -> None:
        """Judgements that new steps carry themselves."""
        if said is not None:
            new = np.flatnonzero(np.isin(said.column("step_row").to_numpy(), steps.new))
            if len(new):
                self._insert(
                    "annotations",
                    ledger_rows("annotations", said.take(pa.array(new)).drop_columns(["step_row"]), stamp),
                )

    def _append_claims(self, said: pa.Table | None, carrier: str, carriers: Verdict, stamp: Stamp) -> None:
        """What new steps and final events say that their runs serve."""
        if said is not None and carrier in said.column_names:
            self._insert("outcome_claims", claim_rows(said, carrier, carriers.new, stamp))

    def _append_derived(self, derived: Derived, logs: Verdict, stamp: Stamp) -> None:
        """What new log records say of steps; a step that came under this id before, out of an export, stays."""
        self._append_claims(derived.outcome_claims, "log_row", logs, stamp)
        for name, table in (("annotations", derived.annotations), ("steps", derived.steps)):
            if table is None or not len(table):
                continue
            new = np.flatnonzero(np.isin(table.column("log_row").to_numpy(), logs.new))
            kept = table.take(pa.array(new)).drop_columns(["log_row"])
            if name == "steps" and len(kept):
                unknown = self._identities.judge_steps(self._cursor, kept).new
                new, kept = new[unknown], kept.take(pa.array(unknown))
            if not len(kept):
                continue
            rows = ledger_rows(name, kept, stamp)
            self._insert(name, rows)
            if name == "steps":
                self._identities.remember_steps(kept.column("step_key").to_numpy())
                if derived.step_contents is not None and len(derived.step_contents):
                    self._insert("step_contents", content_rows(derived.step_contents, table, new, rows))

    def _append_senders(self, records: Records, stamp: Stamp) -> None:
        if records.resources is not None:
            known = self._identities.resources | self.news.resources
            keys = records.resources.column("resource_key").to_pylist()
            new = [row for row, key in enumerate(keys) if key not in known]
            if new:
                rows = records.resources.take(pa.array(new))
                self._insert("resources", rows.append_column("batch_id", pa.array([stamp.batch_ids[0]] * len(new))))
                self.news.resources.update(keys[row] for row in new)
        seen = self._identities.attribute_keys | self.news.attribute_keys
        unknown = {(item.key, item.dialect): item for item in records.unmapped if (item.key, item.dialect) not in seen}
        # Keys that carry ids in their names would list for ever; the first ten thousand say what is wrong.
        if unknown and len(seen) < _MOST_KEYS:
            self._insert("attribute_keys", unmapped_rows(unknown.values(), stamp))
            self.news.attribute_keys.update(unknown)

    def _append_rejects(self, group: Decoded, conflicts: list[Refused], stamp: Stamp) -> None:
        """Keep what was refused, once: it counts each time it is sent, but is stored only the first time."""
        rejected = [Refused(reject, "rejected", content_hash(reject.raw)) for reject in group.records.rejects]
        known = self._identities.refused | self.news.refused
        new = {item.content_hash: item for item in (*conflicts, *rejected) if item.content_hash not in known}
        if new:
            self._insert("rejects", reject_rows(list(new.values()), group.deliveries, stamp))
            self.news.refused.update(new)

    def _insert(self, name: str, rows: pa.Table) -> None:
        if not len(rows):
            return
        # Columns that say nothing are left to the table: reading them costs DuckDB as much as reading the others.
        said = [name for name in rows.column_names if rows.column(name).null_count < len(rows)]
        self._cursor.register("incoming", rows.select(said))
        try:
            self._cursor.execute(queries.statement("write", f"insert_{name}").sql)
        finally:
            self._cursor.unregister("incoming")
        if name == "steps":
            self._append_prices(rows)

    def _append_prices(self, steps: pa.Table) -> None:
        """Unit prices for what these steps call first: in the same transaction, so that no total misses them."""
        keys = [key for key in self._pricing.new_keys(steps) if key not in self.news.price_keys]
        if keys:
            batch_id, now = steps.column("batch_id")[0].as_py(), steps.column("ingested_at")[0].as_py()
            self._insert("unit_prices", self._pricing.rows(keys, batch_id, now))
            self.news.price_keys.update(keys)


def _conflict(records: Records, steps: pa.Table, row: int) -> Refused:
    found = steps.slice(row, 1).select(["delivery", "run_id", "step_id", "content_hash"]).to_pylist()[0]
    reject = Reject(
        delivery=found["delivery"],
        reason=f"step {found['step_id']} of run {found['run_id']} is stored already with different content",
        raw=records.raw_step(row),
        run_id=found["run_id"],
        step_id=found["step_id"],
    )
    return Refused(reject, "conflict", found["content_hash"])


def _receipts(group: Decoded, conflicts: list[Refused], tally: _Tally, stamp: Stamp) -> tuple[Receipt, ...]:
    rejected = np.bincount([r.delivery for r in group.records.rejects] or [0], minlength=len(group.deliveries))
    if not group.records.rejects:
        rejected[:] = 0
    reasons: list[list[str]] = [[] for _ in group.deliveries]
    for reject in (*group.records.rejects, *(conflict.reject for conflict in conflicts)):
        if len(reasons[reject.delivery]) < _MOST_REASONS:
            line = f"line {reject.line}: " if reject.line is not None else ""
            reasons[reject.delivery].append(line + reject.reason)
    return tuple(
        Receipt(
            stamp.batch_ids[i],
            group.records.received[i],
            int(tally.stored[i]),
            int(tally.duplicate[i]),
            int(tally.conflict[i]),
            int(rejected[i]),
            tuple(reasons[i]),
        )
        for i in range(len(group.deliveries))
    )
