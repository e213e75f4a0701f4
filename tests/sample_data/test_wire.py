import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.sample_data.retell import attributes, lines, spans

SCHEMA = Path(__file__).parents[2] / "collector" / "step_events.schema.json"
OTLP_FILES = ("refund-support", "dependency-updates", "it-triage")
DIALECT_KEYS = {
    "refund-support": {
        "gen_ai.provider.name",
        "gen_ai.usage.input_tokens",
        "gen_ai.input.messages",
        "gen_ai.usage.cost",
    },
    "it-triage": {"gen_ai.system", "gen_ai.usage.prompt_tokens", "gen_ai.prompt", "gen_ai.usage.cost"},
    "dependency-updates": {"openinference.span.kind", "llm.token_count.prompt", "input.value", "llm.cost.total"},
}


def otlp(folder: Path, workflow: str) -> Path:
    return folder / f"{workflow}.otlp.jsonl.gz"


@pytest.mark.parametrize("workflow", OTLP_FILES)
def test_spans_follow_the_rules_of_otlp_json(sample: Path, workflow: str) -> None:
    for span in spans(otlp(sample, workflow)):
        assert re.fullmatch(r"[0-9a-f]{32}", span["traceId"])
        assert re.fullmatch(r"[0-9a-f]{16}", span["spanId"])
        assert re.fullmatch(r"[0-9a-f]{16}", span.get("parentSpanId", "0" * 16))
        assert 0 < int(span["startTimeUnixNano"]) <= int(span["endTimeUnixNano"])
        assert isinstance(span["startTimeUnixNano"], str)
        assert span["kind"] in (1, 3)
        assert span["status"].get("code") in (None, 2)
        keys = [attribute["key"] for attribute in span["attributes"]]
        assert len(keys) == len(set(keys)), span["name"]
        for attribute in span["attributes"]:
            ((kind, value),) = attribute["value"].items()
            assert kind in ("stringValue", "intValue", "doubleValue", "boolValue", "arrayValue")
            assert isinstance(value, str) == (kind in ("stringValue", "intValue"))


@pytest.mark.parametrize("workflow", OTLP_FILES)
def test_each_dialect_speaks_its_own_words(sample: Path, workflow: str) -> None:
    seen = {key for span in spans(otlp(sample, workflow)) for key in attributes(span)}
    assert DIALECT_KEYS[workflow] <= seen
    foreign = set().union(*DIALECT_KEYS.values()) - DIALECT_KEYS[workflow] - {"gen_ai.usage.cost"}
    assert not foreign & seen


@pytest.mark.parametrize("workflow", OTLP_FILES)
def test_children_are_sent_before_their_parents(sample: Path, workflow: str) -> None:
    seen: set[str] = set()
    early = 0
    for span in spans(otlp(sample, workflow)):
        early += "parentSpanId" in span and span["parentSpanId"] not in seen
        seen.add(span["spanId"])
    assert early > 100


def test_children_lie_within_their_parents(sample: Path) -> None:
    for workflow in OTLP_FILES:
        by_id = {span["spanId"]: span for span in spans(otlp(sample, workflow))}
        for span in by_id.values():
            parent = by_id.get(span.get("parentSpanId", ""))
            if parent is not None:
                assert int(parent["startTimeUnixNano"]) <= int(span["startTimeUnixNano"])
                assert int(span["endTimeUnixNano"]) <= int(parent["endTimeUnixNano"])


def test_every_event_is_a_step_event(sample: Path) -> None:
    schema = Draft202012Validator(json.loads(SCHEMA.read_text()))
    types: Counter[str] = Counter()
    for path in sample.glob("*.events.jsonl.gz"):
        for number, event in enumerate(lines(path), start=1):
            types[event.get("type", "final")] += 1
            # The schema is slow: all of the rare types, and every tenth of the others.
            if types[event.get("type", "final")] < 20 or number % 10 == 0:
                assert schema.is_valid(event), (path.name, number, next(schema.iter_errors(event)).message)
    assert set(types) == {
        "model_call", "tool_call", "validator", "approval", "escalation", "ceiling", "message", "agent", "workflow",
        "final", "verification", "cost", "annotation",
    }  # fmt: skip


def test_the_balance_of_each_file_is_true(sample: Path, truth: Any) -> None:
    for file in truth["files"]:
        path = sample / file["file"]
        records = list(spans(path)) if file["format"] == "otlp_json" else list(lines(path))
        distinct = {json.dumps(record, sort_keys=True) for record in records}
        assert len(records) == file["records"], file["file"]
        assert len(records) - len(distinct) == file["duplicates"], file["file"]
        assert sum(1 for _ in lines(path)) == file["lines"], file["file"]
    assert sum(file["duplicates"] for file in truth["files"]) > 0
