"""Step events to ledger columns: cases whose expected rows were worked out by hand, and what hostile lines come to."""

import json
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import orjson
import pyarrow as pa
import pytest

from collector.decode.jsonl import decode_events
from collector.decode.jsonl_lines import LINE_MAX_BYTES
from collector.model import Delivery, Records, Signal, Source, step_key

CASES = Path(__file__).parent / "jsonl_cases"
BAD_LINES = json.loads((CASES / "bad_lines.json").read_text())
RECEIVED_AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
TABLES = ("steps", "step_contents", "run_ends", "verifications", "costs", "annotations")
JSON_COLUMNS = {"details", "field_sources", "attributes", "diff"}
NOT_BY_HAND = {"delivery", "content_hash", "step_key"}
GOOD = b'{"run_id":"good","step":1,"type":"other"}'


def delivery(body: bytes, **changes) -> Delivery:
    return Delivery(Signal.EVENTS, Source.FILE, body, RECEIVED_AT, "run.jsonl", **changes)


def decode(*lines: bytes | str | dict) -> Records:
    body = b"\n".join(
        orjson.dumps(line) if isinstance(line, dict) else line.encode() if isinstance(line, str) else line
        for line in lines
    )
    return decode_events([delivery(body)])


def said(table: pa.Table | None) -> list[dict]:
    """The rows without nulls and hashes; JSON read, money as text, times as ISO text."""
    rows = [] if table is None else table.to_pylist()
    return [
        {key: plain(key, value) for key, value in row.items() if value is not None and key not in NOT_BY_HAND}
        for row in rows
    ]


def plain(key: str, value: object) -> object:
    if key in JSON_COLUMNS:
        return json.loads(value)
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def only_step(*lines: bytes | str | dict) -> dict:
    records = decode(*lines)
    assert records.rejects == ()
    (row,) = records.steps.to_pylist()
    return row


@pytest.mark.parametrize("case", ["five_lines", "every_type", "after_the_run"])
def test_case(case: str) -> None:
    expected = json.loads((CASES / f"{case}.json").read_text())
    records = decode((CASES / f"{case}.jsonl").read_bytes())
    assert records.rejects == ()
    assert records.received == (expected["received"],)
    assert sorted(key.key for key in records.unmapped) == expected.get("unmapped", [])
    for table in TABLES:
        assert said(getattr(records, table)) == expected.get(table, []), table


def test_columns_are_those_of_the_ledger() -> None:
    schema_folder = Path(__file__).parents[3] / "queries" / "schema"
    records = decode(*((CASES / f"{case}.jsonl").read_bytes().strip() for case in ("every_type", "after_the_run")))
    extra = {"step_contents": {"step_row"}}
    for table in TABLES:
        ddl = (schema_folder / f"{table}.sql").read_text()
        known = {line.split()[0] for line in ddl.splitlines() if line.startswith("    ")}
        columns = set(getattr(records, table).column_names)
        assert columns - known == extra.get(table, {"delivery"}), table
        assert {"batch_id", "ingested_at"}.isdisjoint(columns), table


@pytest.mark.parametrize("case", BAD_LINES, ids=lambda case: case["line"][:60])
def test_bad_line_is_rejected_and_its_neighbours_are_stored(case: dict) -> None:
    records = decode(GOOD, case["line"], b'{"run_id":"good","step":2,"type":"other"}')
    (reject,) = records.rejects
    assert reject.reason.startswith(case["reason"])
    assert (reject.delivery, reject.line, reject.raw) == (0, 2, case["line"].encode())
    assert reject.step_id == case.get("step_id", reject.step_id)
    assert records.steps["run_id"].to_pylist() == ["good", "good"]
    assert records.received == (3,)


def test_reject_names_the_run_and_step_where_it_can() -> None:
    (reject,) = decode('{"run_id":"r","step_id":"s","type":"other","ts":{}}').rejects
    assert (reject.run_id, reject.step_id) == ("r", "s")


def test_invalid_utf8_is_rejected_with_its_bytes() -> None:
    line = b'{"run_id":"r","step":1,"type":"other","name":"\xff\xfe"}'
    records = decode(line, GOOD)
    assert [(reject.raw, reject.line) for reject in records.rejects] == [(line, 1)]
    assert records.rejects[0].reason.startswith("line: not JSON: str is not valid UTF-8")
    assert records.steps.num_rows == 1


def test_nul_in_text_is_kept() -> None:
    row = only_step(r'{"run_id":"r","step":1,"type":"other","name":"a\u0000b","x":"c\u0000"}')
    assert row["name"] == "a\0b"
    assert row["attributes"] == r'{"tachograph.fields":{"x":"c\u0000"}}'


def test_of_a_key_that_stands_twice_the_last_wins() -> None:
    assert only_step('{"run_id":"r","step":1,"step":2,"type":"other"}')["step_number"] == 2


@pytest.mark.parametrize("number", ["18446744073709551615", "18446744073709551616", "-9223372036854775809", "1" * 300])
def test_integers_of_any_size_stay_exact_where_no_type_is_asked_for(number: str) -> None:
    records = decode(f'{{"run_id":"r","step":1,"type":"tool_call","input":{{"id":{number}}},"x":{number}}}')
    assert records.step_contents["input"].to_pylist() == [f'{{"id":{number}}}']
    assert records.steps["attributes"].to_pylist() == [f'{{"tachograph.fields":{{"x":{number}}}}}']


def test_nesting_is_kept_to_252_levels_and_rejected_beyond() -> None:
    def line(levels: int) -> str:
        return f'{{"run_id":"r","step":1,"type":"other","x":{"[" * levels}{"]" * levels}}}'

    records = decode(line(251), line(252), line(5000), GOOD)
    assert records.steps.num_rows == 2
    assert records.steps["attributes"][0].as_py() == f'{{"tachograph.fields":{{"x":{"[" * 251}{"]" * 251}}}}}'
    assert [reject.line for reject in records.rejects] == [2, 3]
    assert records.rejects[0].reason == "line: nested deeper than 252 levels"


def test_line_over_the_limit_is_rejected_with_its_beginning() -> None:
    line = b'{"run_id":"r","step":1,"type":"other","x":"' + b"x" * LINE_MAX_BYTES
    records = decode(line, GOOD)
    (reject,) = records.rejects
    assert reject.reason == "line: longer than 67108864 bytes; only its beginning is kept"
    assert reject.raw == line[:65536]
    assert records.steps.num_rows == 1


def test_blank_lines_are_numbered_and_not_counted() -> None:
    records = decode_events([delivery(b"\n  \r\n" + GOOD + b"\r\n\nnope\n\n", first_line=41)])
    assert records.received == (2,)
    assert [reject.line for reject in records.rejects] == [45]


def test_byte_order_mark_is_taken_off_the_first_line_only() -> None:
    mark = b"\xef\xbb\xbf"
    assert decode_events([delivery(mark + GOOD)]).steps.num_rows == 1
    assert len(decode_events([delivery(mark + GOOD, first_line=2)]).rejects) == 1


def test_several_deliveries_keep_their_index() -> None:
    bodies = [GOOD + b"\nnope", b"", b"nope\n" + GOOD, b'{"run_id":"good","final":"success"}']
    records = decode_events([delivery(body) for body in bodies])
    assert records.received == (2, 0, 2, 1)
    assert records.steps["delivery"].to_pylist() == [0, 2]
    assert records.run_ends["delivery"].to_pylist() == [3]
    assert [(reject.delivery, reject.line) for reject in records.rejects] == [(0, 2), (2, 1)]


def test_nothing_gives_nothing() -> None:
    records = decode_events([])
    assert records.received == ()
    assert all(getattr(records, field.name) is None for field in fields(Records) if field.name in TABLES)


def test_raw_step_would_deliver_the_step_again() -> None:
    records = decode('{"run_id":"r","final":"success"}', "nope", '{"run_id":"r","step":1,"type":"other"}', GOOD)
    assert records.raw_step(1) == GOOD
    again = decode(records.raw_step(1))
    assert again.steps["content_hash"] == records.steps["content_hash"].slice(1)


SAME = [
    ('{"run_id":"r","step":1,"type":"other"}', ' {"type" : "other", "step":1.0, "run_id":"r", "step_id":"1"} '),
    (
        '{"run_id":"r","step":1,"type":"other"}',
        '{"run_id":"r","step":1,"type":"other","status":"ok","agent":null,"final":null}',
    ),
    (
        '{"run_id":"r","step":1,"type":"other","error":"x"}',
        '{"run_id":"r","step":1,"type":"other","error":{"message":"x"},"status":"error"}',
    ),
    ('{"run_id":"r","step":1,"type":"other","parent":1}', '{"run_id":"r","step":1,"type":"other","parent":"1"}'),
    (
        '{"run_id":"r","step":1,"type":"other","x":{"a":1,"b":2}}',
        '{"x":{"b":2,"a":1},"run_id":"r","step":1,"type":"other"}',
    ),
    (
        '{"run_id":"r","step":1,"type":"tool_call","input":{"a":1,"b":2}}',
        '{"input":{"b":2,"a":1},"run_id":"r","step":1,"type":"tool_call"}',
    ),
    (
        '{"run_id":"r","step":1,"type":"tool_call","cost_usd":0.1}',
        '{"run_id":"r","step":1,"type":"tool_call","cost_usd":0.10}',
    ),
    (
        '{"run_id":"r","step":1,"type":"other","ts":"2026-11-16T10:00:00+01:00"}',
        '{"run_id":"r","step":1,"type":"other","ts":1794819600000}',
    ),
    (
        '{"run_id":"r","step":1,"type":"other","latency_ms":5}',
        '{"run_id":"r","step":1,"type":"other","latency_ms":5.0,"attributes":{}}',
    ),
    ('{"run_id":"r","type":"annotation","step":3}', '{"run_id":"r","type":"annotation","step_id":"3"}'),
    (
        '{"run_id":"r","type":"verification","verified":"success","ts":1794819600}',
        '{"run_id":"r","type":"verification","verified":"success","checked_at":1794819600}',
    ),
]
DIFFERENT = [
    ('{"run_id":"r","step":1,"type":"other","x":1}', '{"run_id":"r","step":1,"type":"other","x":2}'),
    ('{"run_id":"r","step":1,"type":"other","x":1}', '{"run_id":"r","step":1,"type":"other","attributes":{"x":1}}'),
    ('{"run_id":"r","step":1,"type":"other","output":"1"}', '{"run_id":"r","step":1,"type":"other","output":1}'),
    ('{"run_id":"r","step":1,"type":"agent"}', '{"run_id":"r","step":1,"type":"workflow"}'),
    ('{"run_id":"r","step":1,"type":"ceiling","max":1}', '{"run_id":"r","step":1,"type":"ceiling","observed":1}'),
    ('{"run_id":"r","type":"annotation","label":"x"}', '{"run_id":"q","type":"annotation","label":"x"}'),
    ('{"run_id":"r","type":"message","step":1,"output":"a"}', '{"run_id":"r","type":"message","step":1,"output":"b"}'),
]  # fmt: skip


def hashes(*lines: str) -> list[int]:
    records = decode(*lines)
    assert records.rejects == ()
    (table,) = [table for name in TABLES if name != "step_contents" and (table := getattr(records, name)) is not None]
    return table["content_hash"].to_pylist()


@pytest.mark.parametrize(("one", "other"), SAME)
def test_content_hash_is_the_same_however_it_was_written(one: str, other: str) -> None:
    first, second = hashes(one, other)
    assert first == second


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_content_hash_tells_what_is_different(one: str, other: str) -> None:
    first, second = hashes(one, other)
    assert first != second


def test_step_key_is_the_identity() -> None:
    assert only_step(GOOD)["step_key"] == step_key("good", "1")


@pytest.mark.parametrize(
    ("ts", "latency_ms"),
    [
        (0, 0),
        (-5, 0),
        ("0001-01-01T00:00:00Z", 0),
        ("1970-01-01T00:00:00Z", 0),
        ("2026-02-30T00:00:00Z", 0),
        ("2262-04-12T00:00:00Z", 0),
        ("9999-12-31T23:59:59Z", 0),
        ("1970-01-02T00:00:00Z", 86_400_000),
        ("1999-12-31T23:59:59.999Z", 0),
        ("2000-01-01T00:00:00Z", 1),
        ("2099-01-01T00:00:00Z", 0),
        # Received at 2026-11-20T12:00:00Z: a day ahead is believed, no more.
        ("2026-11-21T12:00:00.000001Z", 0),
        ("2026-11-16T09:00:00Z", 1e18),
    ],
)
def test_time_that_cannot_be_is_kept_and_the_ingest_time_stands_in(ts: int | str, latency_ms: float) -> None:
    row = only_step({"run_id": "r", "step": 1, "type": "other", "ts": ts, "latency_ms": latency_ms})
    assert (row["time_basis"], row["started_at"], row["ended_at"]) == ("ingest", None, None)
    assert row["duration_ms"] == latency_ms
    assert json.loads(row["attributes"]) == {"tachograph.fields": {"ts": ts}}


@pytest.mark.parametrize("ts", ["2000-01-01T00:00:00Z", "2026-11-20T12:00:00Z", "2026-11-21T12:00:00Z"])
def test_time_that_can_be_is_believed(ts: str) -> None:
    row = only_step({"run_id": "r", "step": 1, "type": "other", "ts": ts})
    assert (row["time_basis"], row["ended_at"].isoformat() + "Z", row["attributes"]) == ("event", ts, None)


AFTER_THE_RUN = [
    ("run_ends", "declared_at", {"final": "success"}, "ts"),
    ("verifications", "checked_at", {"type": "verification", "verified": "success"}, "ts"),
    ("verifications", "checked_at", {"type": "verification", "verified": "success"}, "checked_at"),
    ("costs", "occurred_at", {"type": "cost", "kind": "human", "minutes": 1}, "ts"),
    ("annotations", "annotated_at", {"type": "annotation", "label": "x"}, "ts"),
]


@pytest.mark.parametrize("said_at", ["1999-12-31T23:59:59Z", "2099-01-01T00:00:00Z"])
@pytest.mark.parametrize(("table", "column", "event", "key"), AFTER_THE_RUN)
def test_time_after_the_run_that_cannot_be_is_kept(
    table: str, column: str, event: dict, key: str, said_at: str
) -> None:
    records = decode({"run_id": "r", **event, key: said_at})
    (row,) = getattr(records, table).to_pylist()
    assert (row["time_basis"], row[column]) == ("ingest", None)
    assert json.loads(row["attributes"]) == {"tachograph.fields": {key: said_at}}


def test_where_checked_at_cannot_be_ts_is_when_it_was_checked() -> None:
    event = {"type": "verification", "verified": "success", "checked_at": "2099-01-01T00:00:00Z"}
    records = decode({"run_id": "r", **event, "ts": "2026-11-16T09:00:00Z"})
    (row,) = records.verifications.to_pylist()
    assert (row["time_basis"], row["checked_at"]) == ("event", datetime(2026, 11, 16, 9))  # noqa: DTZ001 (as stored)
    assert json.loads(row["attributes"]) == {"tachograph.fields": {"checked_at": "2099-01-01T00:00:00Z"}}


def test_steps_without_time_and_number_keep_the_order_of_their_lines() -> None:
    step_ids = ["c", "a", "b"]
    records = decode(*({"run_id": "r", "step_id": step_id, "type": "other"} for step_id in step_ids))
    ordered = sorted(records.steps.to_pylist(), key=lambda row: row["started_at"])
    assert [row["step_id"] for row in ordered] == step_ids
    assert {row["time_basis"] for row in ordered} == {"ingest"}
    assert ordered[-1]["started_at"] - RECEIVED_AT.replace(tzinfo=None) < timedelta(milliseconds=1)


def test_step_number_and_step_id_can_both_be_said() -> None:
    row = only_step('{"run_id":"r","step":4,"step_id":"x","type":"other"}')
    assert (row["step_number"], row["step_id"]) == (4, "x")


def test_error_with_more_members_is_kept_whole() -> None:
    error = {"type": "Timeout", "message": "no answer", "stack": ["a", "b"]}
    row = only_step({"run_id": "r", "step": 1, "type": "other", "error": error})
    assert (row["status"], row["error_type"], row["error_message"]) == ("error", "Timeout", "no answer")
    assert json.loads(row["attributes"]) == {"tachograph.fields": {"error": error}}


MONEY = [
    ("0.41", "0.410000000"),
    ("38.50", "38.500000000"),
    ("0.1", "0.100000000"),
    ("1e-9", "0.000000001"),
    ("0.30000000000000004", "0.300000000"),
    ("0.0000000005", "0.000000000"),
    ("0.0000000015", "0.000000002"),
    ("0.0000000025", "0.000000002"),
    ("123456.123456789", "123456.123456789"),
    ("999999999", "999999999.000000000"),
    ("0", "0.000000000"),
]


@pytest.mark.parametrize(("written", "stored"), MONEY)
def test_money_is_decimal_as_it_was_written(written: str, stored: str) -> None:
    row = only_step(f'{{"run_id":"r","step":1,"type":"model_call","cost_usd":{written}}}')
    assert row["reported_cost_usd"] == Decimal(stored)
    assert f"{row['reported_cost_usd']:f}" == stored


def test_unmapped_keys_are_listed_once_with_an_example() -> None:
    records = decode(
        {"run_id": "r", "step": 1, "type": "other", "region": "eu", "attributes": {"disk": {"free": 1}}},
        {"run_id": "r", "step": 2, "type": "other", "region": "us"},
    )
    assert [(key.key, key.dialect, key.example) for key in records.unmapped] == [
        ("region", "jsonl", "eu"),
        ("disk", "jsonl", '{"free":1}'),
    ]
