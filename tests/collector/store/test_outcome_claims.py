"""What runs say that they serve is stored with what said it, once, and costs nothing where nobody says it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, ArrayValue, KeyValue

import queries
from collector.model import Signal
from tests.collector.otlp import attribute, make_span, trace_request
from tests.collector.store.conftest import StoreAddress
from tests.collector.store.sending import Running, counts, events, otlp, running

TRACE = bytes(range(1, 17))
CLAIMS = "select run_id, step_id, outcome, outcome_id from ledger.outcome_claims order by all"
SERVES = "select run_id, outcome, outcome_id, is_own from facts.run_outcomes order by all"


@pytest.fixture
def collector(tmp_path: Path) -> Iterator[Running]:
    with running(str(tmp_path / "tachograph.duckdb")) as found:
        yield found


@pytest.fixture
def either(address: StoreAddress) -> Iterator[Running]:
    with running(address.url, address.lake_data) as found:
        yield found


STEP = {"run_id": "r", "step": 1, "type": "other", "outcome": "ticket_closed", "outcome_id": "T-1"}
FINAL = {"run_id": "r", "final": "success", "outcome_id": ["T-1", "T-2", "T-2"]}


def test_steps_and_final_events_claim_once(either: Running) -> None:
    collector = either
    assert counts(collector.send(events(STEP, FINAL))) == [(2, 2, 0, 0, 0)]
    assert counts(collector.send(events(STEP, FINAL, {**STEP, "step": 2}))) == [(3, 1, 2, 0, 0)]
    assert collector.rows(CLAIMS) == [
        ("r", "1", "ticket_closed", "T-1"),
        ("r", "2", "ticket_closed", "T-1"),
        ("r", None, None, "T-1"),
        ("r", None, None, "T-2"),
    ]
    assert collector.rows(SERVES) == [("r", "ticket_closed", "T-1", False), ("r", None, "T-2", False)]


def test_a_kind_alone_names_the_run_itself(collector: Running) -> None:
    collector.send(events({"run_id": "r", "final": "success", "outcome": "ticket_closed", "outcome_id": []}))
    assert collector.rows(SERVES) == [("r", "ticket_closed", "r", True)]


@pytest.mark.parametrize("wrong", [{"outcome_id": 7}, {"outcome_id": ["T-1", ""]}, {"outcome": ["x"]}])
def test_a_claim_of_a_wrong_type_is_rejected(collector: Running, wrong: dict[str, object]) -> None:
    assert counts(collector.send(events({**STEP, **wrong}))) == [(1, 0, 0, 0, 1)]
    assert collector.rows(CLAIMS) == []


def test_spans_and_resources_claim(collector: Running) -> None:
    ids = AnyValue(array_value=ArrayValue(values=[AnyValue(string_value="C-1"), AnyValue(int_value=7)]))
    said = [[KeyValue(key="tachograph.outcome_id", value=ids)], [attribute("tachograph.outcome", "change_merged")], []]
    steps = [number.to_bytes(8, "big") for number in (1, 2, 3)]
    request = trace_request(
        *(make_span(trace_id=TRACE, span_id=step, attributes=own) for step, own in zip(steps, said, strict=True))
    )
    request.resource_spans[0].resource.attributes.append(attribute("tachograph.outcome_id", "C-9"))
    body = request.SerializeToString()
    collector.send(otlp(Signal.TRACES, body))
    collector.send(otlp(Signal.TRACES, body))
    run = TRACE.hex()
    assert collector.rows(CLAIMS) == [
        (run, steps[0].hex(), None, "7"),
        (run, steps[0].hex(), None, "C-1"),
        (run, steps[1].hex(), "change_merged", "C-9"),
        (run, None, None, "C-9"),
    ]


def test_an_exported_run_of_spans_serves_the_same_when_imported(collector: Running, tmp_path: Path) -> None:
    spans = [
        make_span(trace_id=TRACE, span_id=bytes(7) + b"\1", attributes=[attribute("tachograph.outcome_id", "C-1")]),
        make_span(trace_id=TRACE, span_id=bytes(7) + b"\2", parent_span_id=bytes(7) + b"\1"),
    ]
    request = trace_request(*spans)
    request.resource_spans[0].resource.attributes.append(attribute("tachograph.outcome", "change_merged"))
    collector.send(otlp(Signal.TRACES, request.SerializeToString()))
    collector.send(events({"outcome_id": "C-1", "type": "cost", "kind": "human", "amount_usd": 2}))
    collector.pipeline.follower.catch_up()
    export = queries.get("run_export").sql
    lines = collector.store.cursor().execute(export, {"run_id": TRACE.hex()}).fetchall()
    costs = "select run_id, outcome_id, allocated_cost_usd from facts.run_outcomes"
    served = collector.rows(SERVES)
    assert served == [(TRACE.hex(), "change_merged", "C-1", False)]
    with running(str(tmp_path / "other.duckdb")) as other:
        other.send(events(*(json.loads(line) for (line,) in lines)))
        assert other.rows(SERVES) == served
        assert other.rows(costs) == collector.rows(costs)


def test_log_records_that_are_steps_claim(collector: Running) -> None:
    request = ExportLogsServiceRequest()
    resource_logs = request.resource_logs.add()
    resource_logs.resource.attributes.append(attribute("tachograph.outcome_id", "T-3"))
    resource_logs.scope_logs.add().log_records.add(
        time_unix_nano=1_794_999_600_000_000_000,
        event_name="gen_ai.client.inference.operation.details",
        trace_id=TRACE,
        span_id=bytes(range(1, 9)),
        attributes=[attribute("gen_ai.request.model", "m")],
    )
    for _ in range(2):
        collector.send(otlp(Signal.LOGS, request.SerializeToString()))
    assert collector.rows(CLAIMS) == [(TRACE.hex(), None, None, "T-3")]
