"""Log records that say what an agent did become the steps that a person would write down. Cases: log_cases/*.json."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest

from collector.decode.logs import decode_logs
from collector.model import Derived, Records
from collector.normalise.logs import normalise_logs
from tests.collector.normalise.test_spans import any_value, key_values

RECEIVED_AT = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
WRITTEN = 1_794_999_600_000_000_000  # 2026-11-18 11:00 UTC
TRACE, SPAN = bytes(range(16)), bytes(range(8))
CASES = sorted(Path(__file__).with_name("log_cases").glob("*.json"))


def request(case: dict[str, object]) -> bytes:
    """The case's records in one request: record n was written n seconds after 11:00."""
    found = ExportLogsServiceRequest()
    resource = found.resource_logs.add()
    resource.resource.attributes.extend(key_values(case.get("resource", {})))
    scope = resource.scope_logs.add()
    scope.scope.name = case.get("scope", "")
    for number, said in enumerate(case["logs"], start=1):
        traced = said.get("traced", case.get("traced", True))
        record = scope.log_records.add(
            time_unix_nano=said.get("time", WRITTEN + number * 10**9),
            event_name=said.get("event_name", ""),
            trace_id=TRACE if traced else b"",
            span_id=SPAN if traced else b"",
            attributes=key_values(case.get("common", {}) | said.get("attributes", {})),
        )
        if "body" in said:
            record.body.CopyFrom(any_value(said["body"]))
    return found.SerializeToString()


def normalised(case: dict[str, object]) -> Records:
    """The case's records, normalised."""
    return normalise_logs(decode_logs([request(case)], [int(RECEIVED_AT.timestamp()) * 10**9]), [RECEIVED_AT])


def derived(case: dict[str, object]) -> Derived:
    """What the case's records say of steps."""
    found = normalised(case).derived
    assert found is not None
    return found


def steps(case: dict[str, object]) -> list[dict[str, object]]:
    """The steps with their contents, as JSON would show them."""
    found = derived(case)
    rows = found.steps.to_pylist() if found.steps is not None else []
    for content in found.step_contents.to_pylist() if found.step_contents is not None else []:
        rows[content["step_row"]] |= {"input": content["input"], "output": content["output"]}
    return [{name: _shown(value) for name, value in row.items()} for row in rows]


def _shown(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | list | None) else str(value)


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_case(path: Path) -> None:
    case = json.loads(path.read_text())
    found = steps(case)
    assert [
        {name: step.get(name) for name in expected} for step, expected in zip(found, case["expect"], strict=True)
    ] == case["expect"]


def test_the_cases_are_found() -> None:
    assert len(CASES) >= 8


def test_every_record_is_kept_whether_it_is_a_step_or_not() -> None:
    records = normalised({"logs": [{"event_name": "gen_ai.choice", "body": {"a": 1}}, {"body": "started"}]})
    assert records.received == (2,)
    assert records.log_records is not None
    assert records.log_records.column("event_name").to_pylist() == ["gen_ai.choice", None]
    assert records.derived is not None
    assert records.derived.steps is not None
    assert records.derived.steps.column("log_row").to_pylist() == [0]


def test_a_step_has_the_identity_of_its_record() -> None:
    case = {"logs": [{"event_name": "gen_ai.user.message", "body": {"content": "hello"}}]}
    first, again = normalised(case), normalised(case)
    assert first.log_records is not None
    [content_hash] = first.log_records.column("content_hash").to_pylist()
    for records in (first, again):
        assert records.derived is not None
        assert records.derived.steps is not None
        [step] = records.derived.steps.to_pylist()
        assert (step["step_id"], step["content_hash"]) == (f"log:{content_hash:016x}", content_hash)
        assert step["run_id"] == TRACE.hex()
        assert step["parent_step_id"] == SPAN.hex()


def test_a_record_of_no_run_is_no_step() -> None:
    assert steps({"traced": False, "logs": [{"event_name": "gen_ai.choice", "body": {"a": 1}}]}) == []


def test_an_evaluation_is_an_annotation_of_the_step_that_it_was_written_in() -> None:
    said = {
        "gen_ai.evaluation.name": "Relevance",
        "gen_ai.evaluation.score.value": 0.25,
        "gen_ai.evaluation.score.label": "fail",
        "gen_ai.evaluation.explanation": "answers another question",
    }
    found = derived(
        {
            "resource": {"service.name": "judge"},
            "logs": [
                {"event_name": "gen_ai.evaluation.result", "attributes": said},
                {"event_name": "gen_ai.evaluation.result", "attributes": {"gen_ai.evaluation.score.value": 0.5}},
            ],
        }
    )
    assert found.steps is None
    assert found.annotations is not None
    first, second = found.annotations.to_pylist()
    assert (first["run_id"], first["step_id"], first["log_row"]) == (TRACE.hex(), SPAN.hex(), 0)
    assert (first["label"], first["annotated_by"]) == ("Relevance: fail", "judge")
    assert first["note"] == "answers another question"
    assert json.loads(first["attributes"]) == said
    assert second["label"] == "0.5"
