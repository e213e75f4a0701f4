"""An MCP server with the recorded tools: one JSON-RPC message in, its answer out; no state. Pure but for the session.

Source: Model Context Protocol, "Streamable HTTP" (answers as JSON, no stream from the server), "Tools", "Lifecycle".
"""

from typing import Any

from collector.replay_live.canonical import parsed
from collector.replay_live.model import RecordedTool, Tool
from collector.replay_live.report import stop_line
from collector.replay_live.session import Session
from collector.version import VERSION

_NEWEST = "2025-11-25"
_KNOWN = ("2024-11-05", "2025-03-26", "2025-06-18", _NEWEST)
_METHOD_NOT_FOUND, _INVALID_PARAMS, _STOPPED = -32601, -32602, -32000


def answer(session: Session, message: dict[str, Any]) -> dict[str, Any] | None:
    """The answer to a JSON-RPC message; None to a notification."""
    if "id" not in message:
        return None
    method, params = str(message.get("method")), message.get("params") or {}
    if method == "initialize":
        asked = params.get("protocolVersion")
        said: dict[str, Any] = {
            "protocolVersion": asked if asked in _KNOWN else _NEWEST,
            "capabilities": {"tools": {"listChanged": False}},
            "serverInfo": {"name": "tachograph-replay", "version": VERSION},
        }
    elif method == "ping":
        said = {}
    elif method == "tools/list":
        said = {"tools": [_listed(tool) for tool in session.recording.definitions()]}
    elif method == "tools/call":
        return _call(session, message["id"], params)
    else:
        return _error(
            message["id"], _METHOD_NOT_FOUND, f"the replay has no method {method}: it serves recorded tools only"
        )
    return {"jsonrpc": "2.0", "id": message["id"], "result": said}


def _call(session: Session, request_id: object, params: dict[str, Any]) -> dict[str, Any]:
    name = params.get("name")
    if not isinstance(name, str):
        return _error(request_id, _INVALID_PARAMS, "tools/call needs the name of a tool")
    found = session.call_tool(name, params.get("arguments"))
    if isinstance(found, RecordedTool):
        content = [{"type": "text", "text": found.output}]
        return {"jsonrpc": "2.0", "id": request_id, "result": {"content": content, "isError": found.is_error}}
    return _error(request_id, _STOPPED, stop_line(found))


def _listed(tool: Tool) -> dict[str, Any]:
    schema = parsed(tool.parameters)
    described = {"description": tool.description} if tool.description else {}
    return {"name": tool.name, **described, "inputSchema": schema if isinstance(schema, dict) else {"type": "object"}}


def _error(request_id: object, code: int, message: str) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": request_id, "error": {"code": code, "message": message}}
