"""The published JSON Schema and the decoder say the same of every event, both ways."""

import json
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from collector.decode.jsonl import decode_events, schema_path
from collector.decode.jsonl_plans import FINAL, PLANS
from collector.model import Delivery, Signal, Source
from tests.collector.decode.test_jsonl import RECEIVED_AT

CASES = Path(__file__).parent / "jsonl_cases"
SCHEMA = json.loads(schema_path().read_text())
VALIDATOR = Draft202012Validator(SCHEMA)
KINDS = [*PLANS, "final"]

VALUES: list[Any] = [
    None, True, False, -1, 0, 1, 3.0, 1.5, -0.5, 2**63 - 1, 2**63, 2**64, -(2**63), 1e9, 1e300, 999_999_999,
    "", "x", "a\0b", "1", "ok", "error", "pass", "write", "success", "failure", "granted", "human", "user", "stop",
    "system_of_record", "2026-11-16T09:00:00Z", "2026-02-30t09:00:00.5+01:00", "2026-11-16T09:00:00", "other",
    [], [1], [{}], [{"id": "d", "score": 0.5}], {}, {"type": None}, {"type": 1}, {"message": "m", "stack": []},
    {"tachograph.fields": None}, {"a": {"b": [None]}},
]  # fmt: skip


def least(kind: str) -> dict[str, Any]:
    """An event of the kind with nothing that it could do without."""
    event: dict[str, Any] = {"run_id": "r"}
    if kind == "final":
        return event | {"final": "success"}
    event["type"] = kind
    own = {"verification": {"verified": "success"}, "cost": {"kind": "human", "minutes": 1}, "annotation": {}}
    return event | own.get(kind, {"step": 1})


def known_fields(kind: str) -> list[str]:
    return list((FINAL if kind == "final" else PLANS[kind]).fields)


def fields_in_schema(definition: dict[str, Any]) -> set[str]:
    names = set(definition.get("properties", {}))
    for part in definition.get("allOf", []):
        names |= fields_in_schema(SCHEMA["$defs"][part["$ref"].split("/")[-1]] if "$ref" in part else part)
    return names


def is_stored(event: dict[str, Any]) -> bool:
    body = json.dumps(event).encode()
    return not decode_events([Delivery(Signal.EVENTS, Source.FILE, body, RECEIVED_AT)]).rejects


def test_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("kind", KINDS)
def test_schema_and_decoder_know_the_same_fields(kind: str) -> None:
    anything = {"input", "output"} if kind in PLANS and PLANS[kind].table == "steps" else set()
    assert fields_in_schema(SCHEMA["$defs"][kind]) | anything == set(known_fields(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_least_event_is_valid_and_stored_and_needs_all_that_it_has(kind: str) -> None:
    event = least(kind)
    assert VALIDATOR.is_valid(event)
    assert is_stored(event)
    for key in event:
        less = {other: value for other, value in event.items() if other != key}
        assert not VALIDATOR.is_valid(less)
        assert not is_stored(less)


@pytest.mark.parametrize("case", ["five_lines", "every_type", "after_the_run"])
def test_every_accepted_line_is_valid(case: str) -> None:
    for line in (CASES / f"{case}.jsonl").read_text().splitlines():
        VALIDATOR.validate(json.loads(line))


def test_every_rejected_line_is_invalid() -> None:
    for case in json.loads((CASES / "bad_lines.json").read_text()):
        try:
            event = orjson.loads(case["line"])
        except orjson.JSONDecodeError:
            continue
        assert not VALIDATOR.is_valid(event), case["line"]


@st.composite
def events(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(KINDS))
    event = least(kind)
    for key in draw(st.lists(st.sampled_from(known_fields(kind)), max_size=4)):
        event[key] = draw(st.sampled_from(VALUES))
    return event


@given(events())
def test_schema_and_decoder_agree(event: dict[str, Any]) -> None:
    assert VALIDATOR.is_valid(event) == is_stored(event)
