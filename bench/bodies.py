"""OTLP trace requests to measure with: spans of about 2.1 KB with 20 attributes, text that does not repeat.

The same count and seed give the same bytes. Made once, then read from the temporary folder.
"""

import argparse
import random
import struct
import tempfile
from collections.abc import Iterable
from pathlib import Path

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

SPANS_PER_BODY = 512
SPANS_PER_TRACE = 16
SALT_BYTES = 8
"""Every trace id begins with the salt of its body: other salts make other spans of the same size (`with_salt`)."""

_FORMAT = 5
_FIRST_START_UNIX_NANO = 1_790_000_000_000_000_000
_SECOND_NANO = 1_000_000_000
_Value = str | int | float | list[str]


class _Words:
    """A vocabulary of made-up words, and texts of them: as little repetition as prose has."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        letters = "abcdefghijklmnopqrstuvwxyz"
        self._words = ["".join(rng.choices(letters, k=rng.randint(3, 10))) for _ in range(20_000)]

    def text(self, characters: int) -> str:
        return " ".join(self._rng.choices(self._words, k=characters // 6 + 8))[:characters]


def bodies(spans: int, seed: int = 1) -> list[bytes]:
    """Requests of 512 spans, at least `spans` in all."""
    count = -(-spans // SPANS_PER_BODY)
    path = Path(tempfile.gettempdir()) / "tachograph-bench" / f"bodies-{count}-{seed}-{_FORMAT}.bin"
    if not path.exists():
        rng = random.Random(seed)
        words = _Words(rng)
        _write(path, (_body(number, rng, words) for number in range(count)))
    return _read(path)


def with_salt(body: bytes, number: int, salt: int) -> bytes:
    """Body `number` with other trace ids: as if other agents had sent it."""
    return body.replace(_salt(number, 0), _salt(number, salt))


def _salt(number: int, salt: int) -> bytes:
    # 0xA5 5A in front: no text and no length prefix looks like it.
    return struct.pack(">HHI", 0xA55A, salt, number)


def _body(number: int, rng: random.Random, words: _Words) -> bytes:
    request = ExportTraceServiceRequest()
    resource = request.resource_spans.add()
    _set(resource.resource, "service.name", "bench-agents")
    scope = resource.scope_spans.add()
    scope.scope.name = "bench"
    root_id = b""
    for row in range(SPANS_PER_BODY):
        in_trace = row % SPANS_PER_TRACE
        span = scope.spans.add()
        span.trace_id = _salt(number, 0) + struct.pack(">Q", row // SPANS_PER_TRACE + 1)
        span.span_id = rng.randbytes(8)
        if in_trace:
            span.parent_span_id = root_id
        else:
            root_id = span.span_id
        span.start_time_unix_nano = _FIRST_START_UNIX_NANO + number * _SECOND_NANO + row * 1_000_003
        span.end_time_unix_nano = span.start_time_unix_nano + rng.randint(5_000_000, 900_000_000)
        _describe(span, in_trace, rng, words)
    return bytes(request.SerializeToString())


def _describe(span: Span, in_trace: int, rng: random.Random, words: _Words) -> None:
    is_model_call = in_trace % 2 == 1
    span.name = "chat gpt-4.1" if is_model_call else "execute_tool lookup_order"
    span.kind = Span.SPAN_KIND_CLIENT if is_model_call else Span.SPAN_KIND_INTERNAL
    own = _model_call(rng, words) if is_model_call else _tool_call(rng, words)
    if in_trace == 0:
        span.name = "invoke_agent order_agent"
        own |= {"gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "order_agent"}
    for key, value in (own | _common(rng)).items():
        _set(span, key, value)


def _model_call(rng: random.Random, words: _Words) -> dict[str, _Value]:
    return {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": "gpt-4.1",
        "gen_ai.response.model": "gpt-4.1-2025-04-14",
        "gen_ai.response.id": "chatcmpl-" + rng.randbytes(12).hex(),
        "gen_ai.usage.input_tokens": rng.randint(100, 9000),
        "gen_ai.usage.output_tokens": rng.randint(10, 900),
        "gen_ai.usage.cache_read.input_tokens": rng.randint(0, 90),
        "gen_ai.response.finish_reasons": ["stop"],
        "gen_ai.request.temperature": 0.2,
        "gen_ai.input.messages": _message("user", words.text(920)),
        "gen_ai.output.messages": _message("assistant", words.text(310)),
    }


def _tool_call(rng: random.Random, words: _Words) -> dict[str, _Value]:
    return {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.name": "lookup_order",
        "gen_ai.tool.type": "function",
        "gen_ai.tool.description": "Looks an order up by its number, with its lines, payments and notes.",
        "gen_ai.tool.call.id": "call_" + rng.randbytes(12).hex(),
        "gen_ai.tool.call.arguments": f'{{"order":"A-{rng.randint(1, 10**6)}","note":"{words.text(310)}"}}',
        "gen_ai.tool.call.result": f'{{"found":true,"text":"{words.text(920)}"}}',
        "app.rows": rng.randint(1, 500),
        "app.cache_hit": "no",
        "code.function.name": "lookup_order",
        "thread.id": rng.randint(1, 64),
        "app.latency_budget_s": 1.5,
    }


def _common(rng: random.Random) -> dict[str, _Value]:
    return {
        "gen_ai.agent.name": "refund",
        "gen_ai.conversation.id": rng.randbytes(8).hex(),
        "user.id": f"u{rng.randint(1, 1000)}",
        "deployment.environment.name": "prod",
        "app.order_id": f"A-{rng.randint(1, 10**6)}",
        "app.tenant": f"t{rng.randint(1, 20)}",
        "server.address": "api.example",
        "server.port": 443,
    }


def _message(role: str, text: str) -> str:
    return f'[{{"role":"{role}","parts":[{{"type":"text","content":"{text}"}}]}}]'


def _set(owner: object, key: str, value: _Value) -> None:
    attribute = owner.attributes.add()  # type: ignore[attr-defined]
    attribute.key = key
    match value:
        case str():
            attribute.value.string_value = value
        case int():
            attribute.value.int_value = value
        case float():
            attribute.value.double_value = value
        case list():
            for item in value:
                attribute.value.array_value.values.add().string_value = item


def _write(path: Path, made: Iterable[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".unfinished")
    with unfinished.open("wb") as file:
        for body in made:
            file.write(struct.pack("<I", len(body)) + body)
    unfinished.replace(path)


def _read(path: Path) -> list[bytes]:
    found = []
    with path.open("rb") as file:
        while size := file.read(4):
            found.append(file.read(struct.unpack("<I", size)[0]))
    return found


def main() -> None:
    """Make the bodies and say what they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--spans", type=int, default=102_400)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    made = bodies(options.spans, options.seed)
    spans = len(made) * SPANS_PER_BODY
    print(f"{len(made)} requests, {spans:,} spans, {sum(map(len, made)) / spans:,.0f} bytes a span")


if __name__ == "__main__":
    main()
