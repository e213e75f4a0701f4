"""A stand-in for a model, so that the example needs no key: python scripted_model.py PORT.

It asks for the order, then for a refund with the decimal point lost, unless its instructions say not to refund more
than was paid. It speaks OpenAI's chat completions and Anthropic's messages, without streaming.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_hex
from typing import Any

CAREFUL = "Never refund more than was paid"
Call = tuple[str, dict[str, Any]]


def next_call(asked: str, results: int) -> Call | None:
    """The tool to call next, after so many results; None: the work is done."""
    calls = [
        ("lookup_order", {"order_id": "A-1001"}),
        ("create_refund", {"order_id": "A-1001", "amount_usd": 38.5 if CAREFUL in asked else 385.0}),
    ]
    return calls[results] if results < len(calls) else None


def openai_answer(body: dict[str, Any]) -> dict[str, Any]:
    """The answer to POST /v1/chat/completions."""
    results = sum(message["role"] == "tool" for message in body["messages"])
    call = next_call(json.dumps(body["messages"]), results)
    message: dict[str, Any] = {"role": "assistant", "content": None if call else "Refunded 38.5 USD."}
    if call:
        function = {"name": call[0], "arguments": json.dumps(call[1])}
        message["tool_calls"] = [{"id": f"call_{token_hex(8)}", "type": "function", "function": function}]
    return {
        "id": f"chatcmpl-{token_hex(8)}",
        "object": "chat.completion",
        "created": 0,
        "model": body["model"],
        "choices": [{"index": 0, "message": message, "finish_reason": "tool_calls" if call else "stop"}],
        "usage": {"prompt_tokens": 1200, "completion_tokens": 40, "total_tokens": 1240},
    }


def anthropic_answer(body: dict[str, Any]) -> dict[str, Any]:
    """The answer to POST /v1/messages."""
    results = json.dumps(body["messages"]).count('"tool_result"')
    call = next_call(json.dumps(body.get("system", "")), results)
    block = (
        {"type": "tool_use", "id": f"toolu_{token_hex(8)}", "name": call[0], "input": call[1]}
        if call
        else {"type": "text", "text": "Refunded 38.5 USD."}
    )
    return {
        "id": f"msg_{token_hex(8)}",
        "type": "message",
        "role": "assistant",
        "model": body["model"],
        "content": [block],
        "stop_reason": "tool_use" if call else "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": 1200, "output_tokens": 40},
    }


class Handler(BaseHTTPRequestHandler):
    """Both APIs."""

    def do_POST(self) -> None:
        """Answer one request."""
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        answer = anthropic_answer(body) if self.path.endswith("/messages") else openai_answer(body)
        said = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
