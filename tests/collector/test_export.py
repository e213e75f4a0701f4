"""Export, then import into an empty store, is the same run: every ledger row, batch and ingest time apart."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from collector.decode.jsonl import decode_events
from collector.model import Delivery, Receipt, Signal, Source
from collector.pipeline import Pipeline
from collector.reader import Reader
from collector.store import Store, open_store
from tests.collector.decode.test_step_events_schema import KINDS, VALUES, known_fields, least

CASES = Path(__file__).parent / "decode" / "jsonl_cases"
RECEIVED_AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
SAID_UNTIL = date(2026, 11, 18)
"""The newest time in the cases; what is later is an ingest time."""
TIMES = {
    "steps": ("started_at", "ended_at"),
    "step_contents": ("started_at",),
    "run_ends": ("declared_at",),
    "verifications": ("checked_at",),
    "costs": ("occurred_at",),
    "annotations": ("annotated_at",),
}


def delivery(body: bytes) -> Delivery:
    return Delivery(Signal.EVENTS, Source.FILE, body, RECEIVED_AT, "run.jsonl")


class Place:
    """A store with its pipeline."""

    def __init__(self, path: Path) -> None:
        self.store: Store = open_store(str(path))
        self.pipeline = Pipeline(self.store)
        self.pipeline.start()

    def close(self) -> None:
        self.pipeline.stop()
        self.store.close()

    def load(self, body: bytes) -> Receipt:
        return self.pipeline.submit(delivery(body)).result(60)

    def export(self, run_id: str) -> list[bytes]:
        lines = Reader(self.store).run("run_export", {"run_id": run_id}, 100_000).table["line"].to_pylist()
        return [line.encode() for line in lines]

    def rows(self, table: str) -> list[dict[str, Any]]:
        cursor = self.store.cursor()
        found = cursor.sql(f"select * from ledger.{table}").to_arrow_table().to_pylist()
        cursor.close()
        for row in found:
            row["batch_id"] = row["ingested_at"] = None
            if row.get("time_basis") == "ingest" or (
                table == "step_contents" and row["started_at"].date() > SAID_UNTIL
            ):
                row.update(dict.fromkeys(TIMES[table]))
        return sorted(found, key=lambda row: row.get("content_hash") or row["step_key"])


@pytest.fixture
def places(tmp_path: Path) -> Iterator[tuple[Place, Place]]:
    here, there = Place(tmp_path / "here.duckdb"), Place(tmp_path / "there.duckdb")
    yield here, there
    here.close()
    there.close()


@pytest.mark.parametrize(("case", "run_id"), [("five_lines", "a9c2..."), ("every_type", "r1"), ("after_the_run", "r1")])
def test_export_then_import_gives_the_same_ledger_rows(places: tuple[Place, Place], case: str, run_id: str) -> None:
    here, there = places
    lines = [line for line in (CASES / f"{case}.jsonl").read_bytes().splitlines() if b'"r2"' not in line]
    here.load(b"\n".join(lines))
    exported = here.export(run_id)
    assert len(exported) == len(lines)
    there.load(b"\n".join(exported))
    for table in TIMES:
        assert there.rows(table) == here.rows(table), table
    assert there.export(run_id) == exported


def test_importing_an_export_into_its_own_store_is_all_duplicates(places: tuple[Place, Place]) -> None:
    here, _ = places
    here.load((CASES / "every_type.jsonl").read_bytes())
    receipt = here.load(b"\n".join(here.export("r1")))
    assert (receipt.received, receipt.duplicate, receipt.conflict) == (11, 11, 0)


HOSTILE: list[Any] = [
    "\0", "\"\\\n\u2028é😀\x7f", "</script>", "=1+1", "{}", "null", "[1]", "12", " ",
    0.1, 1e22, 1e-7, -0.0, 5e-324, 123456.123456789, 2**64 - 1, 1e300,
    {"a.b": {"\0": None, "$": [0.1, 1e22, {"z": 1, "a": 2}]}}, [[], [{}]], {"": ""},
]  # fmt: skip


def every_field_with_every_value() -> list[bytes]:
    """Each kind of event with each of its fields at each value that the decoder takes, one at a time."""
    events = []
    for kind in KINDS:
        for field in [*known_fields(kind), "unknown"]:
            for number, value in enumerate(VALUES + HOSTILE):
                if field not in ("run_id", "step_id", "type", "final"):
                    own = {"step_id": f"{kind} {field} {number}"} if "step" in least(kind) else {}
                    events.append(json.dumps(least(kind) | own | {field: value}).encode())
    rejected = {reject.raw for reject in decode_events([delivery(b"\n".join(events))]).rejects}
    return [event for event in events if event not in rejected]


def test_export_is_exact_for_every_field_of_every_event(places: tuple[Place, Place]) -> None:
    here, there = places
    events = every_field_with_every_value()
    assert len(events) > 5_000
    receipt = here.load(b"\n".join(events))
    assert (receipt.received, receipt.rejected, receipt.conflict) == (len(events), 0, 0)
    exported = here.export("r")
    again = there.load(b"\n".join(exported))
    assert (again.received, again.stored, again.reasons) == (receipt.stored, receipt.stored, ())
    for table in TIMES:
        assert there.rows(table) == here.rows(table), table


INTEGERS = ["18446744073709551616", "-9223372036854775809", "1" * 300]


@pytest.mark.parametrize("number", INTEGERS)
def test_export_keeps_integers_of_any_size(places: tuple[Place, Place], number: str) -> None:
    here, there = places
    here.load(
        f'{{"run_id":"r","step":1,"type":"tool_call","input":{{"id":{number}}},"x":{number},"attributes":{{"y":{number}}}}}'.encode()
    )
    there.load(b"\n".join(here.export("r")))
    for table in ("steps", "step_contents"):
        assert there.rows(table) == here.rows(table)
        assert number in str(there.rows(table))
