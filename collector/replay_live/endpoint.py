"""The local endpoint that the agent talks to instead of the real ones: APIs of models, and MCP."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import orjson
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from collector.errors import TachographError
from collector.replay_live import anthropic_messages, mcp_server, openai_chat, openai_responses
from collector.replay_live.live import LiveModel
from collector.replay_live.model import Failure, Request
from collector.replay_live.report import stop_line
from collector.replay_live.session import GoLive, Served, Session
from collector.replay_live.wire import FINAL, Event, encode_events

_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


@dataclass(frozen=True, slots=True)
class Api:
    """One API of models. `path` ends the paths that it answers at, whatever base path the client has."""

    path: str
    module: ModuleType
    error: Callable[[Failure], dict[str, Any]]

    def request_of(self, body: dict[str, Any]) -> Request:
        """A request's body in neutral words."""
        found: Request = self.module.request_of(body)
        return found


_APIS = (
    Api("chat/completions", openai_chat, openai_chat.error),
    Api("responses", openai_responses, openai_chat.error),
    Api("messages", anthropic_messages, anthropic_messages.error),
)


def build_app(session: Session, live: LiveModel | None) -> Starlette:
    """The app: answers from the session, from its end on by the live model where there is one."""
    endpoint = _Endpoint(session, live)
    routes = [
        Route("/mcp", endpoint.mcp, methods=_METHODS),
        Route("/{path:path}", endpoint.model, methods=_METHODS),
    ]
    # A web page that a browser shows here must not read the run by a name that resolves to this machine.
    return Starlette(
        routes=routes, middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])]
    )


class _Endpoint:
    def __init__(self, session: Session, live: LiveModel | None) -> None:
        self._session = session
        self._live = live

    async def model(self, request: HttpRequest) -> Response:
        path = request.path_params["path"].rstrip("/")
        api = next((api for api in _APIS if path.endswith(api.path)), None)
        if request.method == "GET" and path.endswith("models"):
            return JSONResponse(_models(self._session))
        if api is None or request.method != "POST":
            self._session.note(f"{request.method} /{path} was asked for: the replay has no answer for that")
            return _unknown(f"{request.method} /{path}")
        body = await request.body()
        asked = _object(body)
        if asked is None:
            return _refused(api, Failure(400, "invalid_request_error", "the body is no JSON object"))
        return await run_in_threadpool(self._answer, api, asked, body, dict(request.headers))

    async def mcp(self, request: HttpRequest) -> Response:
        if request.method != "POST":
            return Response(status_code=405, headers={"allow": "POST"})
        message = _object(await request.body())
        if message is None:
            error = {"code": -32700, "message": "the body is no JSON-RPC message"}
            return JSONResponse({"jsonrpc": "2.0", "id": None, "error": error}, 400)
        answer = await run_in_threadpool(mcp_server.answer, self._session, message)
        return Response(status_code=202) if answer is None else JSONResponse(answer)

    def _answer(self, api: Api, asked: dict[str, Any], body: bytes, headers: dict[str, str]) -> Response:
        decision = self._session.ask_model(api.request_of(asked))
        if isinstance(decision, GoLive):
            return self._by_live_model(api, body, headers)
        if isinstance(decision, Served):
            return _served(api, asked, decision, f"{decision.step_id}-{self._session.nonce}")
        return _refused(api, Failure(400, "tachograph_replay_stopped", stop_line(decision)))

    def _by_live_model(self, api: Api, body: bytes, headers: dict[str, str]) -> Response:
        if self._live is None:
            raise AssertionError("a session goes live only where there is a live model")
        try:
            reply = self._live.ask(api.path, body, headers)
        except TachographError as error:
            self._session.note(str(error))
            return _refused(api, Failure(502, "live_model_unreachable", str(error)))
        return StreamingResponse(reply.body, reply.status, dict(reply.headers))


def _served(api: Api, asked: dict[str, Any], served: Served, answer_id: str) -> Response:
    answer = served.answer
    if isinstance(answer, Failure):
        return _refused(api, answer)
    model = str(asked.get("model") or "")
    if asked.get("stream"):
        events: Iterator[Event] = api.module.stream(answer, answer_id, model, asked)
        return StreamingResponse(encode_events(events), media_type="text/event-stream")
    return JSONResponse(api.module.response(answer, answer_id, model))


def _refused(api: Api, failure: Failure) -> Response:
    return JSONResponse(api.error(failure), failure.status, FINAL)


def _unknown(what: str) -> Response:
    message = (
        "tachograph replay answers POST …/chat/completions, …/responses and …/messages, GET …/models, and MCP at /mcp; "
        f"it has no answer to {what}"
    )
    return JSONResponse({"error": {"message": message, "type": "not_found", "param": None, "code": None}}, 404, FINAL)


def _models(session: Session) -> dict[str, Any]:
    names = dict.fromkeys(name for call in session.recording.calls for name in call.models)
    return {
        "object": "list",
        "data": [{"id": name, "object": "model", "created": 0, "owned_by": "replay"} for name in names],
    }


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    return found if isinstance(found, dict) else None
