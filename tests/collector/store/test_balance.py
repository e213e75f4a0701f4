"""Promise 3: received = stored + duplicate + conflict + rejected, for every kind of input, however it is split."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from collector.model import Signal
from tests.collector.otlp import log_request, make_span, trace_request
from tests.collector.store.sending import Running, events, otlp, running
from tests.examples import examples

_STEPS = [
    {
        "run_id": f"r{run}",
        "step": step,
        "type": "model_call" if step % 2 else "tool_call",
        "model" if step % 2 else "tool": "gpt-4.1" if step % 2 else "lookup_order",
        "ts": f"2026-11-1{run}T10:00:0{step}Z",
        "latency_ms": 250,
        **({"tokens_in": 100 * step, "tokens_out": 10, "cost_usd": 0.0125} if step % 2 else {}),
    }
    for run in (1, 2, 3)
    for step in (1, 2, 3, 4)
]
_ENDS = [
    {"run_id": "r1", "final": "success", "ts": "2026-11-11T10:01:00Z", "workflow": "refunds"},
    {"run_id": "r2", "final": "failure", "ts": "2026-11-12T10:01:00Z", "workflow": "refunds"},
    {"run_id": "r1", "type": "verification", "verified": "failure", "checked_at": "2026-11-13T10:00:00Z"},
    {"run_id": "r3", "type": "cost", "kind": "tool", "amount_usd": 1.5, "ts": "2026-11-13T11:00:00Z"},
]
_BAD = [{"step": 1, "type": "tool_call"}, {"run_id": "r9", "step": 1, "type": "tool_call", "latency_ms": -1}]
_EVENTS = [*_STEPS, *_ENDS, *_BAD]
_FIGURES = """
    select run_id, declared, verified, steps, model_calls, tool_calls, input_tokens, output_tokens, cost_usd, started_at
    from facts.runs order by run_id
"""
_BALANCE = "select sum(received), sum(stored + duplicate + conflict + rejected) from ledger.batches"

_unique = itertools.count(1)


def _told(collector: Running) -> object:
    return collector.rows(_FIGURES)


def _reference() -> object:
    with running(":memory:") as collector:
        collector.send(events(*_EVENTS))
        return _told(collector)


@examples(6)
@given(st.permutations(_EVENTS), st.lists(st.integers(0, len(_EVENTS) - 1), max_size=8), st.integers(1, 7))
def test_order_repetition_and_splitting_change_no_figure(
    told: list[dict[str, object]], again: list[int], size: int
) -> None:
    sent = [*told, *(told[i] for i in again)]
    with running(":memory:") as collector:
        receipts = collector.send(*(events(*sent[i : i + size]) for i in range(0, len(sent), size)))
        assert _told(collector) == _REFERENCE
        assert sum(r.stored for r in receipts) == len(_STEPS) + len(_ENDS)
        assert sum(r.received for r in receipts) == len(sent)
        [(received, ended)] = collector.rows(_BALANCE)
        assert received == ended == len(sent)


def test_every_kind_of_input_balances() -> None:
    good, zero = make_span(), make_span(trace_id=bytes(16))
    spans = trace_request(good, zero, good)
    deliveries = (
        otlp(Signal.TRACES, spans.SerializeToString()),
        otlp(Signal.TRACES, b"\xff\xff garbage"),
        otlp(Signal.LOGS, log_request("a", "a").SerializeToString()),
        otlp(Signal.METRICS, b""),
        events(*_EVENTS, _EVENTS[0], _STEPS[1] | {"tool": "other"}),
    )
    with running(":memory:") as collector:
        futures = [collector.pipeline.submit(d) for d in deliveries]
        failures = [type(f.exception(60)).__name__ for f in futures]
        assert failures == ["NoneType", "InvalidBody", "NoneType", "NoneType", "NoneType"]
        balance = collector.rows(
            "select signal, received, stored, duplicate, conflict, rejected from ledger.batches order by batch_id"
        )
    assert sorted(balance) == sorted(
        [
            ("traces", 3, 1, 1, 0, 1),
            ("traces", 1, 0, 0, 0, 1),
            ("logs", 2, 1, 1, 0, 0),
            ("metrics", 0, 0, 0, 0, 0),
            ("events", 20, 16, 1, 1, 2),
        ]
    )


_REFERENCE = _reference()
