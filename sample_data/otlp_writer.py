"""OTLP/JSON lines: each line is one export request of one process, spans in the order in which they ended (children
first)."""

from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

from sample_data.dialects import DIALECTS, own
from sample_data.dialects.values import Attribute, integer, text
from sample_data.gzip_lines import GzipLines
from sample_data.model import Json, Run, Step
from sample_data.workflows.slots import Workflow
from sample_data.written import Written

_SPANS_PER_REQUEST = 200
_RESENT_EVERY, _RESENT_FIRST = 40, 3
"""One request in so many is sent twice: its answer got lost."""
_INTERNAL, _CLIENT = 1, 3
_ERROR = 2


class OtlpWriter:
    """Writes the runs of one workflow, a week at a time."""

    def __init__(self, folder: Path, workflow: Workflow) -> None:
        self._lines = GzipLines(folder / f"{workflow.name}.otlp.jsonl.gz")
        self._dialect = DIALECTS[workflow.dialect]
        self._requests = self._records = self._duplicates = 0

    def add(self, runs: Iterable[Run]) -> None:
        """Add runs. Each environment is a process of its own."""
        by_process: dict[tuple[str, str], list[tuple[Step, Run, bool]]] = {}
        for run in runs:
            first = min(step.number for step in run.steps if step.parent_id is not None)
            spans = by_process.setdefault((run.words.env, run.words.agent_version), [])
            spans.extend((step, run, step.parent_id is None or step.number == first) for step in run.steps)
        for spans in by_process.values():
            spans.sort(key=lambda span: (span[0].ended_us, span[0].step_id))
            for start in range(0, len(spans), _SPANS_PER_REQUEST):
                self._send(spans[start : start + _SPANS_PER_REQUEST])

    def written(self) -> Written:
        """What is in the file so far."""
        return Written(self._lines.path.name, "otlp_json", self._lines.line_count, self._records, self._duplicates)

    def close(self) -> None:
        """Finish the file."""
        self._lines.close()

    def _send(self, spans: list[tuple[Step, Run, bool]]) -> None:
        times = 2 if self._requests % _RESENT_EVERY == _RESENT_FIRST else 1
        self._requests += 1
        self._records += times * len(spans)
        self._duplicates += (times - 1) * len(spans)
        words = spans[0][1].words
        name, version = self._dialect.SCOPE
        resource = [
            text("service.name", words.agent), text("service.version", words.agent_version),
            text("deployment.environment.name", words.env), text("service.instance.id", f"{words.agent}-{words.env}-0"),
            text("telemetry.sdk.language", "python"), text("telemetry.sdk.name", "opentelemetry"),
            text("telemetry.sdk.version", "1.45.2"),
        ]  # fmt: skip
        scope_spans = {
            "scope": {"name": name, "version": version},
            "spans": [_span(step, run, self._dialect, says_run) for step, run, says_run in spans],
            "schemaUrl": self._dialect.SCHEMA_URL,
        }
        self._lines.write(
            {"resourceSpans": [{"resource": {"attributes": resource}, "scopeSpans": [scope_spans]}]}, times
        )


def _span(step: Step, run: Run, dialect: ModuleType, says_run: bool) -> Json:
    attributes = _http(step) if step.kind == "http" else dialect.attributes(step, run)
    attributes += own.step_attributes(step)
    if says_run:
        attributes += own.run_attributes(run)
    if step.parent_id is None:
        attributes += own.end_attributes(run, status_says_it=dialect.ROOT_STATUS_SAYS_END)
    if step.error_type is not None:
        attributes.append(text("error.type", step.error_type))
    span = {
        "traceId": run.words.run_id, "spanId": step.step_id, "name": dialect.span_name(step),
        "kind": _CLIENT if step.kind in ("http", "model_call") else _INTERNAL,
        "startTimeUnixNano": f"{step.started_us}000", "endTimeUnixNano": f"{step.ended_us}000",
        "attributes": attributes, "status": {},
    }  # fmt: skip
    if step.parent_id is not None:
        span["parentSpanId"] = step.parent_id
    if step.status == "error":
        span["status"] = {"code": _ERROR, "message": step.error_message or ""}
        if step.error_type is not None:
            span["events"] = [_exception(step)]
    return span


def _exception(step: Step) -> Json:
    attributes = [text("exception.type", step.error_type or ""), text("exception.message", step.error_message or "")]
    return {"name": "exception", "timeUnixNano": f"{step.ended_us}000", "attributes": attributes}


def _http(step: Step) -> list[Attribute]:
    method, url = step.name.split(" ", 1)
    return [
        text("http.request.method", method), text("url.full", url), text("server.address", url.split("/")[2]),
        integer("http.response.status_code", 502 if step.status == "error" else 200),
    ]  # fmt: skip
