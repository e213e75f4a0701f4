"""Google's Agent Development Kit: names in brackets, and what its spans hold only as JSON of request and response.

Version 1 sends no operation names, writes tokens without cached and thought ones, and leaves the status of a tool open
that answered with an error. (google-adk 1.14.1, telemetry.py; 2.13 says all of it in attributes.)
"""

from collections.abc import Iterator

from collector.normalise.dialects import Dialect, Said
from collector.normalise.part import Part

_RESPONSE, _TOOL_RESPONSE = "gcp.vertex.agent.llm_response", "gcp.vertex.agent.tool_response"
_NOT_SPECIFIED = "<not specified>"
_USAGE = {
    "cached_content_token_count": "cache_read_tokens",
    "thoughts_token_count": "reasoning_tokens",
    "total_token_count": "total_tokens",
}


def read(part: Part) -> Iterator[Said]:
    """Agents' names, usage, and failed tools."""
    for row in part.rows:
        name = part.name(row)
        if name.startswith("agent_run [") and name.endswith("]"):
            yield Said(row, "agent", name[len("agent_run [") : -1], "span name")
    for row, call_id in part.said("call_id").items():
        if call_id == _NOT_SPECIFIED:
            yield Said(row, "call_id", None, "gen_ai.tool.call.id")
    yield from _usage(part)
    for row, answer in part.documents(_TOOL_RESPONSE).items():
        if isinstance(answer, dict) and answer.get("error"):
            yield Said(row, "status", "error", f"{_TOOL_RESPONSE}.error")
            yield Said(row, "error_message", str(answer["error"]), f"{_TOOL_RESPONSE}.error")


def _usage(part: Part) -> Iterator[Said]:
    known = {field: part.said(field) for field in _USAGE.values()}
    for row, answer in part.documents(_RESPONSE).items():
        usage = answer.get("usage_metadata") if isinstance(answer, dict) else None
        for name, field in _USAGE.items():
            if isinstance(usage, dict) and isinstance(usage.get(name), int) and row not in known[field]:
                yield Said(row, field, usage[name], f"{_RESPONSE}.usage_metadata.{name}")


DIALECT = Dialect("google_adk", read, scopes=("gcp.vertex.agent",), keys=(_RESPONSE, _TOOL_RESPONSE))
