"""Model Context Protocol: client and server each have a span of one call; of some only the name says the tool."""

import re
from collections.abc import Iterator

from collector.normalise.dialects import Dialect, Said
from collector.normalise.part import Part

_CALL = "tools/call"
_TOOL_IN_NAME = re.compile(r"(?:^|\s)tools/call\s+(\S.*)$", re.DOTALL)


def read(part: Part) -> Iterator[Said]:
    """The tool's name out of `tools/call <tool>`, whatever the SDK puts before it."""
    named = part.said("tool_name")
    for row, method in part.texts("mcp.method.name").items():
        if method == _CALL and row not in named:
            found = _TOOL_IN_NAME.search(part.name(row))
            if found:
                yield Said(row, "tool_name", found[1].strip(), "span name")


DIALECT = Dialect("mcp", read, keys=("mcp.method.name",))
