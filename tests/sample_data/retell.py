"""Reads the sample files as a stranger would: from the wire alone, with no help from the generator."""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
OPERATIONS = {"invoke_agent": "agent", "chat": "model_call", "execute_tool": "tool_call", "retrieval": "retrieval"}
SPAN_KINDS = {"AGENT": "agent", "LLM": "model_call", "TOOL": "tool_call", "RETRIEVER": "retrieval", "CHAIN": "plumbing"}
INPUT_KEYS = ("gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens", "llm.token_count.prompt", "tokens_in")
OUTPUT_KEYS = (
    "gen_ai.usage.output_tokens",
    "gen_ai.usage.completion_tokens",
    "llm.token_count.completion",
    "tokens_out",
)
CACHED_KEYS = (
    "gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_read_input_tokens",
    "llm.token_count.prompt_details.cache_read", "cache_read_tokens",
)  # fmt: skip
COST_KEYS = ("gen_ai.usage.cost", "llm.cost.total", "cost_usd")
NAME_KEYS = (
    "gen_ai.tool.name",
    "tool.name",
    "tool",
    "gen_ai.request.model",
    "llm.model_name",
    "model",
    "tachograph.limit",
    "limit",
)


@dataclass
class ReadStep:
    """One step as sent."""

    step_id: str
    kind: str
    name: str | None
    is_error: bool
    start_us: int
    end_us: int
    said: dict[str, Any]

    def first(self, keys: tuple[str, ...]) -> Any:
        return next((self.said[key] for key in keys if key in self.said), None)

    @property
    def cost(self) -> Decimal | None:
        value = self.first(COST_KEYS)
        return None if value is None else Decimal(str(value))


@dataclass
class ReadRun:
    """One run as sent."""

    run_id: str
    is_traced: bool
    words: dict[str, str] = field(default_factory=dict)
    steps: dict[str, ReadStep] = field(default_factory=dict)
    declared: str | None = None
    checks: list[dict[str, Any]] = field(default_factory=list)
    costs: list[dict[str, Any]] = field(default_factory=list)
    annotations: list[dict[str, Any]] = field(default_factory=list)

    @property
    def retried_model_calls(self) -> int:
        """Failed attempts of model calls that were made again at once: to a run of spans they are one call."""
        return sum(step.is_error for step in self.of_kind("model_call")) if self.is_traced else 0

    @property
    def verified(self) -> str | None:
        return max(self.checks, key=lambda check: check["checked_at"])["verified"] if self.checks else None

    @property
    def start_us(self) -> int:
        return min(step.start_us for step in self.steps.values())

    @property
    def duration_us(self) -> int:
        return max(step.end_us for step in self.steps.values()) - self.start_us

    @property
    def week(self) -> str:
        year, week, _ = (EPOCH + timedelta(microseconds=self.start_us)).isocalendar()
        return f"{year}-W{week:02d}"

    @property
    def cost(self) -> Decimal:
        of_steps = sum((step.cost for step in self.steps.values() if step.cost is not None), Decimal(0))
        return of_steps + sum(
            (Decimal(str(cost["amount_usd"])) for cost in self.costs if "amount_usd" in cost), Decimal(0)
        )

    def of_kind(self, kind: str) -> list[ReadStep]:
        return [step for step in self.steps.values() if step.kind == kind]


def lines(path: Path) -> Iterator[Any]:
    """The JSON values of a compressed line file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def spans(path: Path) -> Iterator[Any]:
    """The spans of an OTLP/JSON lines file, in order."""
    for request in lines(path):
        for resource in request["resourceSpans"]:
            for scope in resource["scopeSpans"]:
                yield from scope["spans"]


def retell(folder: Path) -> dict[str, ReadRun]:
    """All runs of a folder of sample files."""
    runs: dict[str, ReadRun] = {}
    for path in sorted(folder.glob("*.otlp.jsonl.gz")):
        for span in spans(path):
            _add_span(runs.setdefault(span["traceId"], ReadRun(span["traceId"], is_traced=True)), span)
    for path in sorted(folder.glob("*.events.jsonl.gz")):
        for event in lines(path):
            _add_event(runs.setdefault(event["run_id"], ReadRun(event["run_id"], is_traced=False)), event)
    return runs


def by_cell(runs: dict[str, ReadRun]) -> dict[tuple[str, str, str], list[ReadRun]]:
    """Runs by week, workflow and scope."""
    cells: dict[tuple[str, str, str], list[ReadRun]] = defaultdict(list)
    for run in runs.values():
        cells[run.week, run.words["workflow"], "all"].append(run)
        if run.words["env"] == "prod":
            cells[run.week, run.words["workflow"], "prod"].append(run)
    return cells


def attributes(span: Any) -> dict[str, Any]:
    """A span's attributes as plain values."""
    said = {}
    for attribute in span["attributes"]:
        ((kind, value),) = attribute["value"].items()
        said[attribute["key"]] = int(value) if kind == "intValue" else value
    return said


def _add_span(run: ReadRun, span: Any) -> None:
    said = attributes(span)
    is_error = span["status"].get("code") == 2
    step = ReadStep(
        span["spanId"], _kind_of(said), None, is_error, int(span["startTimeUnixNano"]) // 1000,
        int(span["endTimeUnixNano"]) // 1000, said,
    )  # fmt: skip
    step.name = step.first(NAME_KEYS)
    run.steps[step.step_id] = step
    for key in ("workflow", "env", "team", "tenant", "prompt_version", "agent_version"):
        if f"tachograph.{key}" in said:
            run.words[key] = said[f"tachograph.{key}"]
    if "parentSpanId" not in span:
        run.declared = said.get("tachograph.declared") or ("failure" if is_error else "success")


def _kind_of(said: dict[str, Any]) -> str:
    if "tachograph.kind" in said:
        return said["tachograph.kind"]
    if "openinference.span.kind" in said:
        return SPAN_KINDS[said["openinference.span.kind"]]
    return OPERATIONS[said["gen_ai.operation.name"]] if "gen_ai.operation.name" in said else "plumbing"


def _add_event(run: ReadRun, event: Any) -> None:
    for key in ("workflow", "env", "team", "tenant", "prompt_version", "agent_version"):
        if key in event:
            run.words[key] = event[key]
    if "final" in event:
        run.declared = event["final"]
    elif event["type"] in ("verification", "cost", "annotation"):
        {"verification": run.checks, "cost": run.costs, "annotation": run.annotations}[event["type"]].append(event)
    else:
        end_us = (datetime.fromisoformat(event["ts"]) - EPOCH) // timedelta(microseconds=1)
        step = ReadStep(
            str(event["step"]), event["type"], None, event.get("status") == "error",
            end_us - round(event["latency_ms"] * 1000), end_us, event,
        )  # fmt: skip
        step.name = step.first(NAME_KEYS)
        run.steps[step.step_id] = step
