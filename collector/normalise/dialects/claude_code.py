"""Claude Code: its spans, and its log records as steps.

Tables read its plain keys. Here: who the agent is, permissions, what tools gave back, and turns that are one run
because the second is told by the first one's sub-agent that it has finished.
"""

import re
from collections.abc import Iterator

from collector.normalise.approvals import approval_said
from collector.normalise.dialects import Dialect, Said
from collector.normalise.part import Part

_NOTIFICATION = re.compile(r"\s*<task-notification>.*?<tool-use-id>\s*([\w-]{1,128})\s*</tool-use-id>", re.DOTALL)
_STARTS_AGENTS = ("Agent", "Task")
_OUTPUT_EVENT = "tool.output"
_PARTS_OF_OUTPUT = ("output", "content", "diff")
_PROVIDERS = {
    "firstParty": "anthropic",
    "bedrock": "aws.bedrock",
    "vertex": "gcp.vertex_ai",
    "foundry": "azure.ai.inference",
}


def read(part: Part) -> Iterator[Said]:
    """What the tables cannot say of Claude Code's steps."""
    yield from _agents(part)
    yield from _providers(part)
    yield from _permissions(part)
    yield from _outputs(part)
    yield from _runs(part)


def _agents(part: Part) -> Iterator[Said]:
    """The tool itself, unless a sub-agent did it: then its `agent_id` is there, and its name at most in logs."""
    of_sub_agents, named = part.values("agent_id"), part.said("agent")
    services = part.said("service")
    for row in part.rows:
        if row not in of_sub_agents and row not in named and row in services:
            yield Said(row, "agent", services[row], "service.name")


def _providers(part: Part) -> Iterator[Said]:
    said, models = part.said("provider"), part.said("request_model")
    for row, word in part.texts("anthropic.provider").items():
        if row in models and row not in said and word in _PROVIDERS:
            yield Said(row, "provider", _PROVIDERS[word], "anthropic.provider")


def _permissions(part: Part) -> Iterator[Said]:
    decisions, sources = part.texts("decision"), part.texts("source")
    for row, kind in part.texts("span.type").items():
        if kind == "tool.blocked_on_user":
            yield from approval_said(row, decisions.get(row), sources.get(row), None)


def _outputs(part: Part) -> Iterator[Said]:
    for row in part.rows_with_events():
        for event in part.events(row):
            said = event["attributes"]
            if event["name"] == _OUTPUT_EVENT and isinstance(said, dict):
                key = next((key for key in _PARTS_OF_OUTPUT if isinstance(said.get(key), str) and said[key]), None)
                if key is not None:
                    yield Said(row, "output", said[key], f"event:{_OUTPUT_EVENT}.{key}")


def _runs(part: Part) -> Iterator[Said]:
    """A turn is a run; one in which a sub-agent in the background reports names the call that started it."""
    sessions, prompts, calls = part.texts("session.id"), part.texts("prompt.id"), part.said("call_id")
    found: dict[int, list[str]] = {row: [prompts[row]] for row in prompts}
    for row, tool in part.said("tool_name").items():
        if tool in _STARTS_AGENTS and row in calls:
            found.setdefault(row, []).append(str(calls[row]))
    for row, prompt in (part.texts("user_prompt") | part.texts("prompt")).items():
        if told := _NOTIFICATION.match(prompt):
            found.setdefault(row, []).append(told[1])
    for row, ids in found.items():
        if row in sessions:
            yield Said(row, "run_keys", [f"claude_code:{sessions[row]}/{id_}" for id_ in ids], "session.id")


DIALECT = Dialect("claude_code", read, scopes=("com.anthropic.claude_code",))
