"""Traces as a strategy: a run as it was, and what other instruments tell of it beside.

A trace is a list of ledger rows. Its first rows are the truth: an agent, model calls one after another, tool calls
between them. Every function below adds rows that tell of the same run again, and may move a row to another parent.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

Row = dict[str, Any]

AGENT, CLIENT, SERVER, LOG = 1, 2, 3, 4  # resource keys: one sender each
_BEGIN = datetime(2026, 11, 10, 12)  # noqa: DTZ001 (as DuckDB gives it: UTC)
_USAGE = ("input_tokens", "output_tokens", "cache_read_tokens", "reasoning_tokens", "reported_cost_usd")


@dataclass
class Trace:
    """Rows of one run; `calls` and `tools` are the ids of those that really happened."""

    rows: dict[str, Row] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    tools: list[str] = field(default_factory=list)

    def add(self, row: Row) -> str:
        """Put a row in; gives its id."""
        step_id = f"{len(self.rows):03}"
        self.rows[step_id] = {"signal": "traces", "resource_key": AGENT, **row, "step_id": step_id}
        return step_id

    def new_sender(self) -> int:
        """A resource key that no row has."""
        return LOG + 1 + len(self.rows)

    def of_run(self, run_id: str) -> list[Row]:
        """The rows as those of a run, with the ids of its tool calls no other run's."""
        return [_of_run(row, run_id) for row in self.rows.values()]

    def like(self, step_id: str, *keys: str, **other: Any) -> str:
        """A row beside another one, with its place, kind and time, those of its values that are named, and others."""
        told = ("parent_step_id", "kind", "started_at", "ended_at", *keys)
        return self.add({key: self.rows[step_id][key] for key in told if key in self.rows[step_id]} | other)


def _of_run(row: Row, run_id: str) -> Row:
    row = row | {"run_id": run_id}
    if "call_id" in row:
        row["call_id"] = f"{run_id}-{row['call_id']}"
    if "requested_call_ids" in row:
        row["requested_call_ids"] = [f"{run_id}-{call_id}" for call_id in row["requested_call_ids"]]
    return row


def at(seconds: float) -> datetime:
    """A moment of the run."""
    return _BEGIN + timedelta(seconds=seconds)


@st.composite
def true_traces(draw: st.DrawFn) -> Trace:
    """One agent; a second for each call, of which it takes up to 900 ms. Each call has another usage."""
    trace = Trace()
    begun = [draw(st.booleans()) or place == 0 for place in range(draw(st.integers(1, 5)))]
    agent = trace.add({"kind": "agent", "agent": "a", "started_at": at(0), "ended_at": at(len(begun) + 1)})
    for place, is_model_call in enumerate(begun):
        took = draw(st.integers(1, 900)) / 1000
        row = {"parent_step_id": agent, "started_at": at(place + 0.05), "ended_at": at(place + 0.05 + took)}
        if is_model_call:
            trace.calls.append(trace.add(row | _model_call(draw, place)))
        else:
            trace.tools.append(trace.add(row | {"kind": "tool_call", "name": "look", "call_id": f"call-{place}"}))
    return trace


def _model_call(draw: st.DrawFn, place: int) -> Row:
    tokens = 100 * (place + 1) + draw(st.integers(0, 99))
    return {
        "kind": "model_call",
        "name": "m",
        "request_model": "m",
        "response_id": f"response-{place}",
        "requested_call_ids": [f"call-{place + 1}"],
        "input_tokens": tokens,
        "cache_read_tokens": tokens // 3,
        "output_tokens": tokens // 10,
        "reasoning_tokens": tokens // 20,
        "reported_cost_usd": f"0.{tokens:05}",
    }


def wrap(draw: st.DrawFn, trace: Trace) -> None:
    """A model call of another layer around a call, plumbing in between or not, its usage said again or not."""
    call = draw(st.sampled_from(trace.calls))
    said = draw(st.sampled_from([(), _USAGE]))
    sender = draw(st.sampled_from([AGENT, CLIENT]))
    outer = trace.like(call, "request_model", *said, resource_key=sender)
    if draw(st.booleans()):
        outer = trace.like(call, parent_step_id=outer, kind=draw(st.sampled_from(["plumbing", "other"])))
    trace.rows[call]["parent_step_id"] = outer


def wrap_all(draw: st.DrawFn, trace: Trace) -> None:
    """One model call around all of them, with the sum of their tokens: a loop behind one span."""
    outer = trace.like("000", kind="model_call", request_model="m", parent_step_id="000")
    total = sum(trace.rows[call]["input_tokens"] for call in trace.calls)
    trace.rows[outer] |= {"input_tokens": total, "output_tokens": total // 10}
    for row in trace.rows.values():
        if row.get("parent_step_id") == "000" and row["step_id"] != outer:
            row["parent_step_id"] = outer


def add_up(draw: st.DrawFn, trace: Trace) -> None:
    """Usage of the whole run on the agent, on a workflow around it or on plumbing."""
    total = {"input_tokens": 9_000, "output_tokens": 900, "reported_cost_usd": "9"}
    where = draw(st.sampled_from(["agent", "workflow", "plumbing"]))
    if where == "agent":
        trace.rows["000"] |= total
    elif "parent_step_id" not in trace.rows["000"]:
        trace.rows["000"]["parent_step_id"] = trace.like("000", kind=where, **total)


def tell_again(draw: st.DrawFn, trace: Trace) -> None:
    """The client library's own span of a call beside it: a little inside its time, with the same usage."""
    call = draw(st.sampled_from(trace.calls))
    told = draw(st.sampled_from([(), ("response_id",), ("requested_call_ids",), ("response_id", "requested_call_ids")]))
    other = trace.like(call, "request_model", *_USAGE, *told, resource_key=trace.new_sender())
    trace.rows[other]["started_at"] += timedelta(microseconds=draw(st.integers(0, 1000)))
    trace.rows[other]["parent_step_id"] = draw(st.sampled_from([trace.rows[call]["parent_step_id"], "000"]))
    if draw(st.booleans()):
        del trace.rows[other]["reported_cost_usd"]


def tell_tool_again(draw: st.DrawFn, trace: Trace) -> None:
    """Another instrumentation's span of a tool call beside it."""
    if trace.tools:
        tool = draw(st.sampled_from(trace.tools))
        trace.like(tool, "name", *draw(st.sampled_from([(), ("call_id",)])), resource_key=trace.new_sender())


def answer_again(draw: st.DrawFn, trace: Trace) -> None:
    """A later span of the same response, anywhere."""
    call = draw(st.sampled_from(trace.calls))
    trace.like(call, "request_model", "response_id", *_USAGE, parent_step_id="000", started_at=at(20), ended_at=at(21))


def serve_model(draw: st.DrawFn, trace: Trace) -> None:
    """The model server's span below a call, from a service of its own."""
    call = draw(st.sampled_from(trace.calls))
    usage = draw(st.sampled_from([(), _USAGE[:2]]))
    trace.like(call, "request_model", *usage, parent_step_id=call, resource_key=SERVER, span_kind="server")


def serve_tool(draw: st.DrawFn, trace: Trace) -> None:
    """MCP below a tool call: the client's span, the server's, or both."""
    if trace.tools:
        above = draw(st.sampled_from(trace.tools))
        for sender, span_kind in [*draw(st.sampled_from([[], [(CLIENT, "client")]])), (SERVER, "server")]:
            above = trace.like(above, "name", parent_step_id=above, resource_key=sender, span_kind=span_kind)


def log(draw: st.DrawFn, trace: Trace) -> None:
    """A log record of a call, written in its span."""
    call = draw(st.sampled_from(trace.calls + trace.tools))
    keys = draw(
        st.sampled_from([("name", "request_model"), ("name", "request_model", "response_id", "call_id", *_USAGE)])
    )
    known = [key for key in keys if key in trace.rows[call]]
    trace.like(call, *known, parent_step_id=call, signal="logs", resource_key=LOG)


def fail_first(draw: st.DrawFn, trace: Trace) -> None:
    """An attempt that failed without usage just before a call, by the same sender."""
    call = draw(st.sampled_from(trace.calls))
    earlier = sum(row.get("status") == "error" for row in trace.rows.values())
    begun = trace.rows[call]["started_at"] - timedelta(milliseconds=20 * (earlier + 1))
    times = {"started_at": begun, "ended_at": begun + timedelta(milliseconds=10)}
    sender = trace.rows[call]["resource_key"]
    trace.like(call, "request_model", status="error", parent_step_id="000", resource_key=sender, **times)


def plumb(draw: st.DrawFn, trace: Trace) -> None:
    """Plumbing above or below a step."""
    step = draw(st.sampled_from(trace.calls + trace.tools))
    if draw(st.booleans()):
        trace.like(step, parent_step_id=step, kind="plumbing", status=draw(st.sampled_from(["ok", "error"])))
    else:
        trace.rows[step]["parent_step_id"] = trace.like(step, kind="plumbing")


ADDITIONS: tuple[Callable[[st.DrawFn, Trace], None], ...] = (
    wrap, wrap_all, add_up, tell_again, tell_tool_again, answer_again, serve_model, serve_tool, log, fail_first, plumb,
)  # fmt: skip


@st.composite
def told_more_than_once(draw: st.DrawFn) -> tuple[Trace, list[str]]:
    """A trace with up to four additions, and their names."""
    trace = draw(true_traces())
    chosen = draw(st.lists(st.sampled_from(ADDITIONS), min_size=1, max_size=4))
    for addition in chosen:
        addition(draw, trace)
    return trace, [addition.__name__ for addition in chosen]
