"""A model behind OpenAI's chat completions API that answers from a script. Without streaming."""

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_hex
from typing import Any


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer: a tool call (tool and arguments), a text, or status 500."""

    status: int = 200
    tool: str | None = None
    arguments: str = "{}"
    text: str = ""
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    reasoning_tokens: int = 0


class ModelEndpoint:
    """Gives the replies in order and the last one for good."""

    def __init__(self, replies: Sequence[Reply]) -> None:
        self.replies = replies
        self.statuses: list[int] = []
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"endpoint": self}))
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    def answer(self, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Status and body of the next answer."""
        with self._lock:
            place = min(len(self.statuses), len(self.replies) - 1)
            reply = self.replies[place]
            self.statuses.append(reply.status)
        if reply.status != 200:
            return reply.status, {"error": {"message": "the model is down", "type": "server_error", "code": None}}
        return 200, _completion(reply, asked["model"])

    def serve(self) -> threading.Thread:
        """Answer from a thread of its own."""
        thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        return thread

    def close(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    endpoint: ModelEndpoint
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        status, answer = self.endpoint.answer(asked)
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.send_header("retry-after-ms", "1")  # clients that try again do so at once
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@contextmanager
def model_endpoint(replies: Sequence[Reply]) -> Iterator[ModelEndpoint]:
    """A running endpoint on a free port."""
    endpoint = ModelEndpoint(replies)
    thread = endpoint.serve()
    try:
        yield endpoint
    finally:
        endpoint.close()
        thread.join(10)


def _completion(reply: Reply, model: str) -> dict[str, Any]:
    function = {"name": reply.tool, "arguments": reply.arguments}
    call = {"id": f"call_{token_hex(12)}", "type": "function", "function": function}
    message = {"role": "assistant", "content": reply.text or None} | ({"tool_calls": [call]} if reply.tool else {})
    return {
        "id": f"chatcmpl-{token_hex(14)}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": model,
        "choices": [
            {"index": 0, "message": message, "finish_reason": "tool_calls" if reply.tool else "stop", "logprobs": None}
        ],
        "usage": {
            "prompt_tokens": reply.input_tokens,
            "completion_tokens": reply.output_tokens,
            "total_tokens": reply.input_tokens + reply.output_tokens,
            "prompt_tokens_details": {"cached_tokens": reply.cached_tokens},
            "completion_tokens_details": {"reasoning_tokens": reply.reasoning_tokens},
        },
    }
