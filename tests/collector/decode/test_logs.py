"""Log records are kept whole: every field that was sent is in `record`, and an identity tells each from every other."""

import json
from datetime import datetime

from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue, KeyValueList

from collector.decode.logs import count_logs, decode_logs, event_name

WRITTEN = 1_794_999_600_000_000_000  # 2026-11-18 11:00 UTC
RECEIVED = WRITTEN + 10**9


def request(*names: str, scope: str = "tests") -> ExportLogsServiceRequest:
    """One record of each name."""
    found = ExportLogsServiceRequest()
    scoped = found.resource_logs.add().scope_logs.add()
    scoped.scope.name = scope
    for name in names:
        scoped.log_records.add(time_unix_nano=WRITTEN, event_name=name)
    return found


def test_a_record_with_its_body_and_attributes() -> None:
    sent = request("gen_ai.choice")
    record = sent.resource_logs[0].scope_logs[0].log_records[0]
    record.body.CopyFrom(
        AnyValue(kvlist_value=KeyValueList(values=[KeyValue(key="index", value=AnyValue(int_value=2**60))]))
    )
    record.attributes.append(KeyValue(key="gen_ai.system", value=AnyValue(string_value="openai")))
    record.trace_id, record.severity_number = bytes(range(16)), 9
    logs = decode_logs([sent.SerializeToString()], [RECEIVED])
    [row] = logs.records.to_pylist()
    assert (logs.received, row["event_name"], row["severity"]) == ((1,), "gen_ai.choice", "9")
    assert (row["run_id"], row["step_id"]) == (bytes(range(16)).hex(), None)
    assert (row["occurred_at"], row["time_basis"]) == (datetime.fromisoformat("2026-11-18T11:00:00"), "event")
    assert json.loads(row["record"])["body"] == {"index": 2**60}
    [log] = logs.logs
    assert log.attributes == {"gen_ai.system": "openai"}
    assert log.content_hash == row["content_hash"]


def test_the_name_is_an_attribute_in_older_sdks() -> None:
    sent = request("")
    sent.resource_logs[0].scope_logs[0].log_records[0].attributes.append(
        KeyValue(key="event.name", value=AnyValue(string_value="api_request"))
    )
    [log] = decode_logs([sent.SerializeToString()], [RECEIVED]).logs
    assert event_name(log) == "api_request"


def test_the_same_content_is_the_same_record_of_one_sender_only() -> None:
    bodies = [request("a", "b").SerializeToString(), request("a", scope="other").SerializeToString()]
    logs = decode_logs(bodies, [RECEIVED, RECEIVED])
    assert [count_logs(body) for body in bodies] == [2, 1]
    first, second, elsewhere = logs.records.column("content_hash").to_pylist()
    assert len({first, second, elsewhere}) == 3
    again = decode_logs(bodies[:1], [RECEIVED + 5]).records.column("content_hash").to_pylist()
    assert again == [first, second]
