"""OpenLLMetry (Traceloop), old and new: workflows, tasks, tools and crews.

`traceloop.span.kind` says more than `gen_ai.operation.name`, which is `invoke_agent` on crews, tasks and chains alike.
"""

import re
from collections.abc import Iterator

from collector.normalise.dialects import Dialect, Said
from collector.normalise.part import Part

_LC_AGENT = "traceloop.association.properties.lc_agent_name"
_CALL_ID = re.compile(r'"tool_call_id":\s*"([^"\\]+)"')
_CREW_USAGE = "crewai.crew.usage_metrics"
_COUNT = re.compile(r"'(\w+)': (\d{1,15})\b")
_CREW_BUCKETS = (
    ("input_tokens", "prompt_tokens"),
    ("output_tokens", "completion_tokens"),
    ("total_tokens", "total_tokens"),
    ("cache_read_tokens", "cached_prompt_tokens"),
    ("reasoning_tokens", "reasoning_tokens"),
)
_RESULTS = ("gen_ai.tool.call.result", "traceloop.entity.output")
# Only what a user decorated with @workflow is one wherever it stands; a chain inside of another is plumbing.
_DECORATORS = "traceloop.tracer"


def read(part: Part) -> Iterator[Said]:
    """Kinds by Traceloop's own key, names of entities, the call that a tool carries out."""
    entities, kinds = part.texts("traceloop.entity.name"), part.texts("traceloop.span.kind")
    agents, named = part.texts(_LC_AGENT), part.said("agent")
    tools = []
    for row, kind in kinds.items():
        if kind in ("workflow", "task"):
            yield from _chain(part, row, kind)
            yield Said(row, "agent", agents.get(row), _LC_AGENT)
        elif row in entities and kind == "agent" and row not in named:
            yield Said(row, "agent", entities[row], "traceloop.entity.name")
        elif kind == "tool":
            tools.append(row)
    yield from _tools(part, tools, entities)
    for row in part.texts("crewai.crew.id"):
        yield Said(row, "kind", "workflow", "crewai.crew.id")
        yield Said(row, "agent", None, "crewai.crew.id")
    for row, text in part.texts(_CREW_USAGE).items():
        yield from _crew_usage(row, text)


def _chain(part: Part, row: int, kind: str) -> Iterator[Said]:
    if part.kind(row) not in ("agent", "workflow", "plumbing"):
        return
    is_workflow = kind == "workflow" and (part.is_root(row) or part.scope(row) == _DECORATORS)
    yield Said(row, "kind", "workflow" if is_workflow else "plumbing", "traceloop.span.kind")


def _crew_usage(row: int, text: str) -> Iterator[Said]:
    """What a whole crew used, out of `{'prompt_tokens': 90, …}`: on its workflow step, where no call counts it."""
    usage = {name: int(count) for name, count in _COUNT.findall(text)}
    for field, member in _CREW_BUCKETS:
        if member in usage:
            yield Said(row, field, usage[member], f"{_CREW_USAGE}.{member}")


def _tools(part: Part, rows: list[int], entities: dict[int, str]) -> Iterator[Said]:
    if not rows:
        return
    named, known = part.said("tool_name"), part.said("call_id")
    results = {key: part.texts(key, rows) for key in _RESULTS}
    for row in rows:
        if row not in named and row in entities:
            yield Said(row, "tool_name", entities[row], "traceloop.entity.name")
        for key in _RESULTS if row not in known else ():
            if found := _CALL_ID.search(results[key].get(row, "")):
                yield Said(row, "call_id", found[1], f"{key}.tool_call_id")
                break


DIALECT = Dialect(
    "openllmetry",
    read,
    scopes=("traceloop.tracer",),
    keys=("traceloop.span.kind", "crewai.crew.id"),
    rank=20,
)
