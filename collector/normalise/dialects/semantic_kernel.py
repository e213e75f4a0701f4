"""Semantic Kernel: tools are called `Plugin-function`, enumerations and classes by their Python text."""

import re
from collections.abc import Iterator

from collector.normalise.dialects import Dialect, Said
from collector.normalise.part import Part

_CLASS = re.compile(r"<class '(?:[\w.]*\.)?(\w+)'>")
_ENUMERATION = re.compile(r"FinishReason\.(\w+)")


def read(part: Part) -> Iterator[Said]:
    """Names without their plugin; what no model asked for is no tool call; plain words."""
    calls = part.said("call_id")
    for row, tool in part.said("tool_name").items():
        plugin, dash, function = str(tool).partition("-")
        if dash and plugin and function:
            yield Said(row, "tool_name", function, "gen_ai.tool.name")
        elif row not in calls and part.kind(row) == "tool_call":
            # A prompt that the program itself invokes: it has no plugin, and a name made up by chance.
            yield Said(row, "kind", "plumbing", "gen_ai.tool.name")
    for row, reason in part.said("finish_reason").items():
        if found := _ENUMERATION.fullmatch(str(reason)):
            yield Said(row, "finish_reason", found[1].lower(), "gen_ai.response.finish_reason")
    for row, error in part.said("error_type").items():
        if found := _CLASS.fullmatch(str(error)):
            yield Said(row, "error_type", found[1], "error.type")


DIALECT = Dialect("semantic_kernel", read, scopes=("semantic_kernel",))
