"""What log records say of steps is stored with them, once, and counts no second time; in both kinds of store."""

from collections.abc import Iterator

import pytest
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue

from collector.model import Signal
from tests.collector.otlp import attribute, make_span, trace_request
from tests.collector.store.conftest import StoreAddress
from tests.collector.store.sending import Running, counts, events, otlp, running

TRACE, SPAN = bytes(range(1, 17)), bytes(range(1, 9))
WRITTEN = 1_794_999_600_000_000_000
TOKENS = {"gen_ai.request.model": "m", "gen_ai.usage.input_tokens": "7", "gen_ai.output.messages": '[{"role":"x"}]'}


@pytest.fixture
def collector(address: StoreAddress) -> Iterator[Running]:
    with running(address.url, address.lake_data) as found:
        yield found


def logs(*names: str) -> bytes:
    """A request with one record of each name, a second apart."""
    request = ExportLogsServiceRequest()
    records = request.resource_logs.add().scope_logs.add().log_records
    for number, name in enumerate(names):
        attributes = [KeyValue(key=key, value=AnyValue(string_value=value)) for key, value in TOKENS.items()]
        records.add(
            time_unix_nano=WRITTEN + number,
            event_name=name,
            trace_id=TRACE,
            span_id=SPAN,
            attributes=attributes,
        )
    return request.SerializeToString()


CALL, JUDGEMENT = "gen_ai.client.inference.operation.details", "gen_ai.evaluation.result"
CONTENTS = (
    "select s.kind, s.input_tokens, c.output "
    "from ledger.steps s left join ledger.step_contents c using (run_id, step_id)"
)


def test_a_record_that_is_a_step_counts_once(collector: Running) -> None:
    receipts = collector.send(otlp(Signal.LOGS, logs(CALL, JUDGEMENT, "something.else")))
    assert counts(receipts) == [(3, 3, 0, 0, 0)]
    assert collector.rows("select count(*) from ledger.log_records") == [(3,)]
    assert collector.rows(CONTENTS) == [("model_call", 7, '[{"role":"x"}]')]
    assert collector.rows("select run_id, step_id from ledger.annotations") == [(TRACE.hex(), SPAN.hex())]


def test_sent_again_nothing_comes_twice(collector: Running) -> None:
    collector.send(otlp(Signal.LOGS, logs(CALL, JUDGEMENT)))
    again = collector.send(otlp(Signal.LOGS, logs(CALL, JUDGEMENT, "news")))
    assert counts(again) == [(3, 1, 2, 0, 0)]
    assert collector.rows(CONTENTS) == [("model_call", 7, '[{"role":"x"}]')]
    assert collector.rows("select count(*) from ledger.annotations") == [(1,)]


def test_twice_in_one_transaction_is_once(collector: Running) -> None:
    receipts = collector.send(otlp(Signal.LOGS, logs(CALL)), otlp(Signal.LOGS, logs(CALL)))
    assert sorted(counts(receipts)) == [(1, 0, 1, 0, 0), (1, 1, 0, 0, 0)]
    assert collector.rows(CONTENTS) == [("model_call", 7, '[{"role":"x"}]')]


def test_sent_again_after_a_restart_nothing_comes_twice(address: StoreAddress) -> None:
    for expected in ((2, 2, 0, 0, 0), (2, 0, 2, 0, 0)):
        with running(address.url, address.lake_data) as collector:
            assert counts(collector.send(otlp(Signal.LOGS, logs(CALL, JUDGEMENT)))) == [expected]
            assert collector.rows("select count(*) from ledger.steps") == [(1,)]


def test_a_step_that_came_out_of_an_export_before_stays_the_only_one(collector: Running) -> None:
    collector.send(otlp(Signal.LOGS, logs(CALL)))
    [(run_id, step_id)] = collector.rows("select run_id, step_id from ledger.steps")
    with running(":memory:") as other:
        imported = {"run_id": run_id, "step_id": step_id, "type": "model_call", "model": "m"}
        other.send(events(imported))
        assert counts(other.send(otlp(Signal.LOGS, logs(CALL)))) == [(1, 1, 0, 0, 0)]
        assert other.rows("select dialect, count(*) from ledger.steps group by all") == [("jsonl", 1)]
        assert other.rows("select count(*) from ledger.log_records") == [(1,)]


def test_a_call_told_by_a_span_and_a_record_is_one_call(collector: Running) -> None:
    attributes = [attribute("gen_ai.operation.name", "chat"), attribute("gen_ai.request.model", "m")]
    span = make_span(name="chat m", trace_id=TRACE, span_id=SPAN, attributes=attributes)
    collector.send(otlp(Signal.TRACES, trace_request(span).SerializeToString()), otlp(Signal.LOGS, logs(CALL)))
    assert collector.rows("select model_calls, input_tokens from facts.run_totals") == [(1, 7)]
