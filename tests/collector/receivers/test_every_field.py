"""No field of OTLP is dropped in silence: each is sent with a value of its own, and looked for in the ledger."""

import base64
import itertools
import json
from collections.abc import Iterator

import orjson
import pytest
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from tests.collector.conftest import RunningCollector, run_collector
from tests.collector.doors import JSON
from tests.collector.otlp import REQUESTS, START_NS, fill, otlp_json

# What came last.
TABLES = {
    "traces": "select s.* exclude (started_at, ended_at, ingested_at), r.*, c.input, c.output, c.attributes as contents"
    " from ledger.steps s left join ledger.resources r using (resource_key)"
    " left join ledger.step_contents c using (run_id, step_id)"
    " where s.batch_id = (select max(batch_id) from ledger.batches)",
    "logs": "select l.* exclude (occurred_at, ingested_at), r.* from ledger.log_records l"
    " left join ledger.resources r using (resource_key)"
    " where l.batch_id = (select max(batch_id) from ledger.batches)",
    "metrics": "select m.* exclude (occurred_at, ingested_at), r.* from ledger.metric_points m"
    " left join ledger.resources r using (resource_key)"
    " where m.batch_id = (select max(batch_id) from ledger.batches)",
}
# What is said by other words in the ledger.
SAID_OTHERWISE = {
    ("Span", "kind"): "server",
    ("Status", "code"): "error",
    ("Sum", "aggregation_temporality"): "cumulative",
    ("Histogram", "aggregation_temporality"): "cumulative",
    ("ExponentialHistogram", "aggregation_temporality"): "cumulative",
}
# Only the profiles signal has a string table for these to point into; OTLP says to treat them as absent elsewhere.
PROFILES_ONLY = {("AnyValue", "string_value_strindex"), ("KeyValue", "key_strindex")}


# One for each field of every request. Those of six digits do not occur in one another.
NUMBERS = itertools.count(700_001)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCollector]:
    """A collector for all requests."""
    with run_collector(tmp_path_factory.mktemp("every_field") / "tachograph.duckdb") as running:
        yield running


def said_values(message: Message) -> list[tuple[tuple[str, str], str]]:
    """Every scalar of a message as the text to look for, with the field that says it."""
    found = []
    for field, value in message.ListFields():
        for item in value if field.is_repeated else [value]:
            if field.message_type is not None:
                found += said_values(item)
            else:
                found.append(((message.DESCRIPTOR.name, field.name), as_text(field, item)))
    return found


def as_text(field: FieldDescriptor, value: object) -> str:
    if field.type == FieldDescriptor.TYPE_BYTES:
        return (
            value.hex() if field.name in ("trace_id", "span_id", "parent_span_id") else base64.b64encode(value).decode()
        )
    if field.type == FieldDescriptor.TYPE_BOOL:
        return "true"
    return str(value)


@pytest.mark.parametrize("choice", range(7), ids=lambda choice: f"oneof {choice}")
@pytest.mark.parametrize("signal", list(REQUESTS))
@pytest.mark.parametrize("door", ["protobuf", "json"])
def test_every_field_is_found_in_the_ledger(shared: RunningCollector, door: str, signal: str, choice: int) -> None:
    request = REQUESTS[signal]()
    fill(request, NUMBERS, choice)
    if door == "json":
        response = shared.doors.post(f"/v1/{signal}", orjson.dumps(otlp_json(request)), JSON)
    else:
        response = shared.doors.post(f"/v1/{signal}", request.SerializeToString())
    assert response.status_code == 200, response.text
    kept = json.dumps(shared.rows(TABLES[signal]), default=str, ensure_ascii=False)
    kept = kept.replace('\\"', '"')
    missing = [
        (field, text)
        for field, text in said_values(request)
        if SAID_OTHERWISE.get(field, text) not in kept and field not in PROFILES_ONLY
    ]
    assert missing == []


OWN_EXAMPLES = {
    "traces": {
        "resourceSpans": [
            {
                "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "shop"}}]},
                "scopeSpans": [
                    {
                        "scope": {
                            "name": "lib",
                            "version": "1.0.0",
                            "attributes": [{"key": "s", "value": {"stringValue": "scoped"}}],
                        },
                        "spans": [
                            {
                                "traceId": "5B8EFFF798038103D269B633813FC60C",
                                "spanId": "EEE19B7EC3C1B174",
                                "parentSpanId": "EEE19B7EC3C1B173",
                                "name": "GET /",
                                "startTimeUnixNano": START_NS,
                                "endTimeUnixNano": START_NS + 1_000_000_000,
                                "kind": 2,
                                "attributes": [{"key": "a", "value": {"stringValue": "some value"}}],
                            }
                        ],
                    }
                ],
            }
        ]
    },
    "logs": {
        "resourceLogs": [
            {
                "scopeLogs": [
                    {
                        "scope": {"name": "lib"},
                        "logRecords": [
                            {
                                "timeUnixNano": str(START_NS),
                                "severityNumber": 9,
                                "attributes": [{"key": "event.name", "value": {"stringValue": "browser.page_view"}}],
                                "body": {
                                    "kvlistValue": [{"key": "url", "value": {"stringValue": "https://example.com/"}}]
                                },
                            }
                        ],
                    }
                ]
            }
        ]
    },
    "metrics": {
        "resourceMetrics": [
            {
                "scopeMetrics": [
                    {
                        "metrics": [
                            {
                                "name": "latency",
                                "unit": "ms",
                                "description": "how long",
                                "histogram": {
                                    "aggregationTemporality": 1,
                                    "dataPoints": [
                                        {
                                            "startTimeUnixNano": START_NS,
                                            "timeUnixNano": START_NS,
                                            "count": 2,
                                            "sum": 2,
                                            "bucketCounts": [1, 1],
                                            "explicitBounds": [1],
                                            "min": 0,
                                            "max": 2,
                                        }
                                    ],
                                },
                            }
                        ]
                    }
                ]
            }
        ]
    },
}
OWN_EXPECTED = {
    "traces": [
        "shop",
        "scoped",
        "5b8efff798038103d269b633813fc60c",
        "eee19b7ec3c1b173",
        "GET /",
        "some value",
        "server",
    ],
    "logs": ["browser.page_view", "https://example.com/"],
    "metrics": [
        "latency",
        "how long",
        '"bucket_counts":[1,1]',
        '"explicit_bounds":[1.0]',
        '"min":0.0',
        '"max":2.0',
        "delta",
    ],
}


@pytest.mark.parametrize("signal", list(OWN_EXAMPLES))
def test_requests_in_the_shape_of_the_specifications_examples(collector, signal: str) -> None:
    """Times as numbers, upper-case ids, a bare list for a kvlist: as opentelemetry-proto writes its examples."""
    response = collector.doors.post(f"/v1/{signal}", orjson.dumps(OWN_EXAMPLES[signal]), JSON)
    assert response.json() == {}
    kept = json.dumps(collector.rows(TABLES[signal]), default=str).replace('\\"', '"')
    assert [text for text in OWN_EXPECTED[signal] if text not in kept] == []
