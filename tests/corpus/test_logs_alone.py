"""Claude Code's events without its spans, with their trace ids or without any, tell the same runs (but for a tool call
that a person refused: of that there is no result)."""

from dataclasses import replace

import pytest
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest

from collector.model import Delivery, Signal
from tests.corpus.folders import read_folder
from tests.corpus.observed import observe
from tests.corpus.truth import true_runs

FIELDS = ("model_calls", "failed_model_calls", "input_tokens", "output_tokens", "cache_read_tokens", "tool_calls")
REFUSED = "cc_reject"


def untraced(delivery: Delivery) -> Delivery:
    """The same records, written outside any span."""
    request = ExportLogsServiceRequest.FromString(delivery.body)
    for resource in request.resource_logs:
        for scope in resource.scope_logs:
            for record in scope.log_records:
                record.ClearField("trace_id")
                record.ClearField("span_id")
    return replace(delivery, body=request.SerializeToString())


@pytest.mark.parametrize("traced", [True, False])
def test_the_runs_are_the_same(traced: bool) -> None:
    folder = read_folder("claude-code--native")
    logs = tuple(d if traced else untraced(d) for d in folder.deliveries if d.signal is Signal.LOGS)
    rows = observe(replace(folder, deliveries=logs)).rows
    runs = sorted(true_runs(folder.expected), key=lambda run: run.start_unix_nano)
    expected = [{name: run.values[name] or None for name in FIELDS} for run in runs]
    for run, values in zip(runs, expected, strict=True):
        if run.name == REFUSED:
            values["tool_calls"] = None
    assert [{name: row[name] or None for name in FIELDS} for row in rows] == expected
