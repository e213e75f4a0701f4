"""Whatever a signed body holds: a verification that is stored as it was said, or a reason."""

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.decode.jsonl_event import read_event
from collector.decode.jsonl_lines import json_object
from collector.errors import InvalidBody
from collector.receivers.webhook_mapping import NotMapped, found_at, verification_line
from collector.settings_webhooks import WebhookSettings

NAMES = ("status", "run_id", "outcome_id", "outcome", "checked_at", "value_usd", "evidence", "event_id")
HOOK = WebhookSettings(
    name="w",
    secret="",
    scheme="github",
    fields={name: name for name in NAMES},
    statuses={"closed": "success", "true": "failure", "7": "reversed", "opened": "ignore"},
    value_unit="cents",
)


def is_json(body: object) -> bool:
    try:
        return bool(orjson.dumps(body))
    except TypeError:
        return False


LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["closed", "1e999", "NaN"])
)
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3))
STATUSES = st.sampled_from(["closed", "opened", True, 7]) | VALUES
BODIES = st.fixed_dictionaries(
    {"status": STATUSES, "run_id": VALUES}, optional=dict.fromkeys(NAMES[2:], VALUES)
).filter(is_json)


@settings(max_examples=300, deadline=None)
@given(BODIES.map(orjson.dumps) | st.binary(max_size=50))
def test_a_body_is_a_verification_or_has_a_reason(body: bytes) -> None:
    try:
        line = verification_line(HOOK, body, None)
    except (InvalidBody, NotMapped):
        return
    document = orjson.loads(body)
    if line is None:
        assert document["status"] == "opened"
        return
    said = read_event(json_object(line)).row
    assert said["verified"] in ("success", "failure", "reversed")
    # Nothing that was said of money or time is left out without a word.
    assert (document.get("value_usd") is None) == ("value_usd" not in said)


POINTED = [("/a/0/b~1c", {"a": [{"b/c": 1}]}, 1), ("a.0.b", {"a": [{"b": 2}]}, 2), ("a.1", {"a": [0]}, None)]


def test_paths_are_json_pointers_or_dotted() -> None:
    assert [found_at(path, document) for path, document, _ in POINTED] == [value for _, _, value in POINTED]
