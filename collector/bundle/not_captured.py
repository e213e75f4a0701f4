"""What nobody told of a run, in words: an absent field is said, never filled in."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
_RUN_WORDS = {
    "workflow": "workflow",
    "workflow_version": "version of the workflow",
    "agent": "agent",
    "agent_version": "version of the agent",
    "prompt_version": "version of the prompt",
    "env": "environment",
    "tenant": "tenant",
    "team": "team",
    "user": "user who asked",
    "session": "session",
    "declared": "how the agent says that the run ended",
    "verified": "whether anybody checked the result",
}
_OF_STEPS = (
    ("model_call", "input", "what the model was shown"),
    ("model_call", "output", "what the model answered"),
    ("model_call", "system_prompt_hash", "hash of the system prompt"),
    ("model_call", "response_id", "id of the model's response"),
    ("model_call", "finish_reason", "why the model stopped"),
    ("tool_call", "input", "arguments of the tool"),
    ("tool_call", "output", "what the tool gave back"),
    ("tool_call", "effect", "side effect of the tool (read, write, destructive)"),
    ("retrieval", "output", "documents that were found"),
)


def not_captured(run: Sequence[Row], steps: Sequence[Row]) -> Iterator[str]:
    """What is absent of the run and of its steps, one sentence each."""
    for row in run[:1]:
        yield from (f"{words}: nobody said it" for name, words in _RUN_WORDS.items() if row.get(name) is None)
    counted = [step for step in steps if step["counted_as"] is None]
    for kind, name, words in _OF_STEPS:
        of_kind = [step for step in counted if step["kind"] == kind]
        missing = sum(step[name] is None for step in of_kind)
        if missing:
            yield f"{words}: missing in {missing} of {len(of_kind)} steps of kind {kind}"
    without_time = sum(step["time_basis"] == "ingest" for step in counted)
    if without_time:
        yield f"time of the step: missing in {without_time} of {len(counted)} steps; the time of receipt stands in"
