"""OpenInference (Arize), of any framework: what its indexed keys and span names say beyond the tables.

Source: the OpenInference semantic conventions, and the instrumentors' own span names.
"""

import re
from collections.abc import Iterator

from collector.normalise.dialects import Dialect, Said
from collector.normalise.part import Part

_METHOD = re.compile(
    r"\.(_?a?run|_use|a?run_stream|_?a?call|__call__|a?invoke|forward|aforward|on_messages(_stream)?|_execute_core)$"
)
_CALL_ID = re.compile(r'"tool_call_id":\s*"([^"\\]+)"')
_HANDOFF = re.compile(r"handoff(_| to )", re.IGNORECASE)
_HEX = re.compile(r"[0-9a-f-]{16,}")
_NODE_KEYS = ("graph.node.name", "graph.node.id")


def read(part: Part) -> Iterator[Said]:
    """Names of agents and tools that only the span's name says; the call that a tool carries out."""
    kinds = part.texts("openinference.span.kind")
    yield from _agents(part, [row for row, kind in kinds.items() if kind == "AGENT"])
    yield from _tools(part, [row for row, kind in kinds.items() if kind == "TOOL"])


def without_method(span_name: str) -> str:
    """A span's name without the method that was traced: `refund_agent.run` is refund_agent."""
    return _METHOD.sub("", span_name)


def _agents(part: Part, rows: list[int]) -> Iterator[Said]:
    if not rows:
        return
    named = part.said("agent")
    nodes = {key: part.texts(key, rows) for key in _NODE_KEYS}
    for row in rows:
        if row in named:
            continue
        key = next((key for key in _NODE_KEYS if row in nodes[key] and not _HEX.fullmatch(nodes[key][row])), None)
        by_name = without_method(part.name(row))
        if key is not None:
            yield Said(row, "agent", nodes[key][row], key)
        elif by_name != part.name(row):
            yield Said(row, "agent", by_name, "span name")


def _tools(part: Part, rows: list[int]) -> Iterator[Said]:
    if not rows:
        return
    named, known, results = part.said("tool_name"), part.said("call_id"), part.texts("output.value", rows)
    for row in rows:
        if row not in named:
            yield Said(row, "tool_name", without_method(part.name(row)), "span name")
        if _HANDOFF.match(part.name(row)):
            yield Said(row, "kind", "other", "span name")
        if row not in known and (found := _CALL_ID.search(results.get(row, ""))):
            yield Said(row, "call_id", found[1], "output.value.tool_call_id")


DIALECT = Dialect("openinference", read, scopes=("openinference.",), keys=("openinference.span.kind",))
