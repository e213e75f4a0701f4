"""What simple rules name: random, last step, last error, last error else last write, a place learned elsewhere."""

from collections.abc import Callable, Mapping, Sequence
from statistics import median

from bench.localization.suite import Event, Label, Suite, step_id

_NAMED = ("tool_call", "retrieval", "validator", "approval", "ceiling", "escalation", "message", "other")


def candidates(events: Sequence[Event]) -> list[Event]:
    """The steps that can be to blame: what people said cannot."""
    found = [event for event in events if event["type"] in _NAMED and event.get("role") not in ("user", "system")]
    return found or list(events)


def rules(suite: Suite) -> Mapping[str, Callable[[Label], float]]:
    """How right each rule is for a run: 1 or 0, and for random the chance to be."""
    middle = _usual_place(suite)
    return {
        "random": lambda label: _chance(label, candidates(suite.steps[label.run_id])),
        "last step": lambda label: _is(label, candidates(suite.steps[label.run_id])),
        "last error": lambda label: _is(label, _errors(suite.steps[label.run_id])),
        "last error else last write": lambda label: _is(
            label, _errors(suite.steps[label.run_id]) or _writes(suite.steps[label.run_id])
        ),
        "position prior": lambda label: _is(label, _upto(candidates(suite.steps[label.run_id]), middle)),
    }


def _usual_place(suite: Suite) -> float:
    places = []
    for label in suite.of(lambda label: bool(label.roots) and not label.is_held_out):
        ids = [step_id(event) for event in candidates(suite.steps[label.run_id])]
        places += [(ids.index(root) + 1) / len(ids) for root in label.roots if root in ids]
    return median(places) if places else 1.0


def _upto(events: Sequence[Event], share: float) -> Sequence[Event]:
    return events[: max(round(share * len(events)), 1)]


def _errors(events: Sequence[Event]) -> list[Event]:
    return [event for event in events if event.get("status") == "error"]


def _writes(events: Sequence[Event]) -> list[Event]:
    return [event for event in events if event.get("effect") in ("write", "destructive")]


def _is(label: Label, events: Sequence[Event]) -> float:
    return float(bool(events) and step_id(events[-1]) in label.roots)


def _chance(label: Label, events: Sequence[Event]) -> float:
    return sum(step_id(event) in label.roots for event in events) / len(events)
