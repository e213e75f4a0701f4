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
_DESCRIPTIONS = {"autogen-core": re.compile(r"Handoff to \S+\.")}


def read(part: Part) -> Iterator[Said]:
    """Handovers, by the names and descriptions that the framework itself gives them."""
    descriptions = part.texts("gen_ai.tool.description")
    for row, name in part.said("tool_name").items():
        scope = part.scope(row)
        by_name, by_description = _NAMES.get(scope), _DESCRIPTIONS.get(scope)
        if (by_name and by_name.fullmatch(str(name))) or (
            by_description and by_description.fullmatch(descriptions.get(row, ""))
        ):
            yield Said(row, "kind", "other", "gen_ai.tool.name")


DIALECT = Dialect("handoffs", read, scopes=(*_NAMES, *_DESCRIPTIONS), rank=30)
