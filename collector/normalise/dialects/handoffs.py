"""Tools with which a framework hands a task to another of its agents: no tool calls, they touch nothing outside."""

import re
from collections.abc import Iterator

from collector.normalise.dialects import Dialect, Said
from collector.normalise.part import Part

# By scope, for a name alone proves nothing: `transfer_to_savings` may well be a bank's tool.
_NAMES = {
    "opentelemetry.instrumentation.genai.agno": re.compile(r"delegate_task_to_members?|transfer_task_to_member"),
    "openinference.instrumentation.agno": re.compile(r"delegate_task_to_members?|transfer_task_to_member"),
}
_HANDOFF = re.compile(r"Handoff to \S+\.")
_DESCRIPTIONS = {
    "autogen-core": ("gen_ai.tool.description", _HANDOFF),
    "openinference.instrumentation.autogen_agentchat": ("tool.description", _HANDOFF),
}


def read(part: Part) -> Iterator[Said]:
    """Handovers, by the names and descriptions that the framework itself gives them."""
    descriptions = {key: part.texts(key) for key, _ in _DESCRIPTIONS.values()}
    for row, name in part.said("tool_name").items():
        scope = part.scope(row)
        if (by_name := _NAMES.get(scope)) and by_name.fullmatch(str(name)):
            yield Said(row, "kind", "other", "gen_ai.tool.name")
        key, by_description = _DESCRIPTIONS.get(scope, (None, None))
        if key and by_description and by_description.fullmatch(descriptions[key].get(row, "")):
            yield Said(row, "kind", "other", key)


DIALECT = Dialect("handoffs", read, scopes=(*_NAMES, *_DESCRIPTIONS), rank=30)
