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
from tests.collector.otlp import attribute, make_span, trace_request

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
        lines = (
            Reader(self.store, catch_up=self.pipeline.follower.catch_up)
            .run("run_export", {"run_id": run_id}, 100_000)
            .table["line"]
            .to_pylist()
        )
        return [line.encode() for line in lines]

    def run(self, run_id: str) -> dict[str, Any]:
        (run,) = (
            Reader(self.store, catch_up=self.pipeline.follower.catch_up)
            .run("run_header", {"run_id": run_id})
            .table.to_pylist()
        )
        return {column: run[column] for column in RUN_COLUMNS}

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
        return sorted(found, key=lambda row: (row.get("content_hash", 0), row["run_id"], row.get("step_id") or ""))


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


TRACE_ID = bytes.fromhex("4bf92f3577b34da6a3ce929d0e0e4736")
ARGUMENTS, TOOL, OPERATION = "gen_ai.tool.call.arguments", "gen_ai.tool.name", "gen_ai.operation.name"
SPANS = [
    (1, None, {OPERATION: "invoke_agent", "gen_ai.agent.name": "desk"}),
    (2, 1, {OPERATION: "chat", "gen_ai.request.model": "gpt-4.1", "gen_ai.response.model": "gpt-4.1-2025"}),
    (3, 1, {OPERATION: "execute_tool", TOOL: "refund", ARGUMENTS: '{"a": 1}'}),
    (4, 1, {OPERATION: "execute_tool", TOOL: "note", ARGUMENTS: "free text"}),
    (5, 3, {"http.request.method": "POST", "url.path": "/refunds"}),
]
RUN_COLUMNS = (
    "workflow", "agent", "started_at", "ended_at", "duration_ms", "declared", "outcome", "steps", "model_calls",
    "tool_calls", "errors", "cost_usd", "unpriced_calls", "models", "has_root", "orphan_steps",
)  # fmt: skip


def spans() -> bytes:
    return trace_request(
        *(
            make_span(
                trace_id=TRACE_ID,
                span_id=number.to_bytes(8, "big"),
                parent_span_id=parent.to_bytes(8, "big") if parent else b"",
                attributes=[attribute(key, value) for key, value in attributes.items()],
            )
            for number, parent, attributes in SPANS
        )
    ).SerializeToString()


def test_a_run_of_spans_is_the_same_run_as_step_events(places: tuple[Place, Place]) -> None:
    here, there = places
    here.pipeline.submit(Delivery(Signal.TRACES, Source.FILE, spans(), RECEIVED_AT)).result(60)
    exported = here.export(TRACE_ID.hex())
    *steps, final = [json.loads(line) for line in exported]
    assert (final["final"], final["workflow"]) == ("success", "desk")
    types = {int(step["step_id"], 16): step["type"] for step in steps}
    assert types == {1: "agent", 2: "model_call", 3: "tool_call", 4: "tool_call", 5: "other"}
    inputs = {step["tool"]: step["input"] for step in steps if step["type"] == "tool_call"}
    assert inputs == {"refund": {"a": 1}, "note": {"text": "free text"}}
    assert there.load(b"\n".join(exported)).rejected == 0
    assert [row["kind"] for row in there.rows("steps")].count("plumbing") == 1
    assert there.run(TRACE_ID.hex()) == here.run(TRACE_ID.hex())
