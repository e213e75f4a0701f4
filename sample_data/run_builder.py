"""Tells one run, step by step: keeps the clock, the conversation, the context that grows and the tree of steps."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from random import Random

import orjson

from sample_data import ids
from sample_data.clock import MICROSECONDS_PER_MS
from sample_data.model import Json, ModelUse, Step
from sample_data.money import call_cost_nano_usd, provider_of, response_model_of

_TOOL_FAULTS = (
    ("TimeoutError", "no answer within 10 s"),
    ("HTTPStatusError", "503 Service Unavailable"),
    ("HTTPStatusError", "429 Too Many Requests, retry after 2 s"),
    ("ConnectionResetError", "connection reset by peer"),
)
_MODEL_FAULTS = (
    ("RateLimitError", "429: this organisation has reached its tokens per minute"),
    ("OverloadedError", "529: the model is temporarily overloaded"),
)
_FLAKY_TOOL_SHARE = 0.035
_FLAKY_MODEL_SHARE = 0.008
_CHARACTERS_PER_TOKEN = 4


@dataclass(frozen=True, slots=True)
class ToolUse:
    """A tool that the model wants called. `failure` (type, message): the call fails for good."""

    name: str
    input: Mapping[str, Json]
    output: Json
    effect: str = "read"
    median_ms: float = 180.0
    cost_nano_usd: int | None = None
    failure: tuple[str, str] | None = None
    http: str | None = None
    """`POST https://…`: also send the HTTP client span below the tool."""


@dataclass(slots=True)
class _Open:
    number: int
    step_id: str
    parent_id: str | None
    kind: str
    name: str
    agent: str
    started_us: int
    input: Json


@dataclass(slots=True)
class RunBuilder:
    """Steps of one run in the making. Every method moves the clock forward and returns the id of the step it added."""

    rng: Random
    agent: str
    now_us: int
    uses_hex_ids: bool
    system_tokens: int = 1_900
    steps: list[Step] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)
    _count: int = 0
    _conversation: list[Json] = field(default_factory=list)
    _context_tokens: int = 0
    _cached_tokens: int = 0

    def open(self, kind: str, name: str, *, agent: str | None = None, said: Json = None) -> str:
        """Start a container (agent, workflow, chain): what follows is inside it."""
        self.agent = agent or self.agent
        number, step_id = self._next_id()
        self._open.append(_Open(number, step_id, self._parent(), kind, name, self.agent, self.now_us, said))
        self.now_us += self._between(400, 2_500)
        return step_id

    def close(self, *, said: Json = None, error: tuple[str, str] | None = None) -> None:
        """End the innermost container."""
        opened = self._open.pop()
        self.now_us += self._between(300, 1_800)
        error_type, message = error or (None, None)
        self.steps.append(
            Step(
                opened.number, opened.step_id, opened.parent_id, opened.kind, opened.name, opened.agent,
                opened.started_us, self.now_us, "error" if error else "ok", error_type, message,
                input=opened.input, output=said,
            )
        )  # fmt: skip
        if self._open:
            self.agent = self._open[-1].agent

    def abandon(self) -> None:
        """The process died: containers that were open never end, so nobody hears of them."""
        self._open.clear()

    def hear(self, text: str) -> None:
        """What a person says to the agent: part of the next model call's input."""
        self._remember({"role": "user", "content": text})

    def think(self, model: str, say: str, *, output_tokens: int | None = None, reasoning_tokens: int = 0) -> str:
        """A model call that answers with text."""
        return self._model_call(model, {"role": "assistant", "content": say}, output_tokens, reasoning_tokens, "stop")

    def use_tools(
        self, model: str, *uses: ToolUse, say: str = "", output_tokens: int | None = None, reasoning_tokens: int = 0
    ) -> list[str]:
        """A model call that asks for tools, and the calls themselves (several at once run side by side)."""
        call_ids = [ids.token(self.rng, "call_", 20) for _ in uses]
        calls = [
            {"id": call_id, "name": use.name, "arguments": use.input}
            for call_id, use in zip(call_ids, uses, strict=True)
        ]
        answer = {"role": "assistant", "content": say, "tool_calls": calls}
        self._model_call(model, answer, output_tokens, reasoning_tokens, "tool_calls")
        return self.run_tools(*uses, call_ids=call_ids)

    def run_tools(self, *uses: ToolUse, call_ids: list[str] | None = None) -> list[str]:
        """Tool calls without a model call before them. Returns the id of each tool's last attempt."""
        started_us, latest_us, step_ids = self.now_us, self.now_us, []
        for position, use in enumerate(uses):
            self.now_us = started_us + position * self._between(150, 900)
            step_ids.append(self._tool_with_retry(use, call_ids[position] if call_ids else None))
            latest_us = max(latest_us, self.now_us)
        self.now_us = latest_us
        return step_ids

    def retrieve(self, source: str, query: str, documents: list[Json]) -> str:
        """A look-up in a knowledge source; documents are {"id", "score"} (and text where the source gives it)."""
        self._remember({"role": "tool", "content": f"{source}: {', '.join(str(d['id']) for d in documents)}"})
        return self._leaf("retrieval", source, 90.0, input=query, output=documents)

    def check(
        self, rule: str, result: str, *, version: str, reason: str | None = None, target: str | None = None
    ) -> str:
        """A rule that checked something: pass, fail or warn."""
        details = {"result": result, "rule_version": version, "reason": reason, "target": target}
        return self._leaf("validator", rule, 4.0, details=details)

    def ceiling(self, limit: str, maximum: float, observed: float, decision: str) -> str:
        """A budget or limit that decided: allow, warn or stop."""
        return self._leaf("ceiling", limit, 1.0, details={"max": maximum, "observed": observed, "decision": decision})

    def escalate(self, to: str, reason: str) -> str:
        """Hand the task to people."""
        return self._leaf("escalation", to, 60.0, details={"to": to, "reason": reason})

    def message(self, role: str, text: str) -> str:
        """What was said to or by a person."""
        return self._leaf("message", role, 2.0, output=text, details={"role": role})

    def approval(
        self, tool: str, tool_input: Json, requested_by: str, by: str | None, decision: str, reason: str, wait_s: float
    ) -> str:
        """Ask for a yes, wait, and get an answer. Returns the id of the answer's step."""
        asked = {"decision": "requested", "requested_by": requested_by, "tool": tool, "input": tool_input}
        self._leaf("approval", tool, 3.0, details=asked)
        self.now_us += int(wait_s * 1_000_000)
        answer = asked | {"decision": decision, "by": by, "reason": reason}
        return self._leaf("approval", tool, 3.0, details=answer)

    def _tool_with_retry(self, use: ToolUse, call_id: str | None) -> str:
        attempt = 1
        if use.failure is None and self.rng.random() < _FLAKY_TOOL_SHARE:
            self._tool(use, call_id, 1, self.rng.choice(_TOOL_FAULTS))
            self.now_us += self._between(400_000, 2_200_000)
            attempt = 2
        step_id = self._tool(use, call_id, attempt, use.failure)
        output = {"error": use.failure[1]} if use.failure else use.output
        self._remember({"role": "tool", "content": _short(output)})
        return step_id

    def _tool(self, use: ToolUse, call_id: str | None, attempt: int, failure: tuple[str, str] | None) -> str:
        slowness = 6.0 if failure else 1.0
        started_us = self.now_us
        error_type, message = failure or (None, None)
        step_id = self._leaf(
            "tool_call", use.name, use.median_ms * slowness, input=dict(use.input),
            output=None if failure else use.output, status="error" if failure else "ok", error_type=error_type,
            error_message=message, attempt=attempt, call_id=call_id, effect=use.effect,
            cost_nano_usd=None if failure else use.cost_nano_usd,
        )  # fmt: skip
        if use.http:
            self._http_below(step_id, use.http, started_us)
        return step_id

    def _http_below(self, parent_id: str, request: str, started_us: int) -> None:
        number, step_id = self._next_id()
        inset = max((self.now_us - started_us) // 20, 1)
        self.steps.append(
            Step(
                number, step_id, parent_id, "http", request, self.agent, started_us + inset, self.now_us - inset,
                status=self.steps[-1].status,
            )
        )  # fmt: skip

    def _model_call(self, model: str, answer: Json, output_tokens: int | None, reasoning: int, finish: str) -> str:
        if self.rng.random() < _FLAKY_MODEL_SHARE:
            self._failed_model_call(model)
            attempt = 2
        else:
            attempt = 1
        said_tokens = output_tokens or _tokens(answer) + self._between(8, 40)
        use = self._usage(model, said_tokens + reasoning, reasoning, finish)
        cost = call_cost_nano_usd(
            model, use.input_tokens, use.cache_read_tokens, use.cache_write_tokens, use.output_tokens
        )
        millis_per_token = 4.5 if model.endswith(("mini", "flash", "haiku-4-5")) else 11.0
        duration_us = self._duration_us(420 + use.output_tokens * millis_per_token)
        use = replace(use, time_to_first_token_us=int(duration_us * (0.12 + 0.3 * self.rng.random())))
        step_id = self._leaf(
            "model_call", model, duration_us=duration_us, input=self._conversation[-3:], output=answer, use=use,
            cost_nano_usd=cost, attempt=attempt,
        )  # fmt: skip
        self._remember(answer)
        return step_id

    def _failed_model_call(self, model: str) -> None:
        error_type, message = self.rng.choice(_MODEL_FAULTS)
        priced = call_cost_nano_usd(model, 0, 0, 0, 0)
        use = ModelUse(provider_of(model), model, response_model_of(model), 0, 0, 0, 0, 0, "error", 0)
        self._leaf(
            "model_call", model, 350.0, input=self._conversation[-3:], status="error", error_type=error_type,
            error_message=message, use=use, cost_nano_usd=priced,
        )  # fmt: skip
        self.now_us += self._between(900_000, 4_000_000)

    def _usage(self, model: str, output_tokens: int, reasoning: int, finish: str) -> ModelUse:
        provider = provider_of(model)
        if self._context_tokens == 0:
            self._context_tokens = self.system_tokens + sum(map(_tokens, self._conversation))
        total = self._context_tokens
        block = 1 if provider == "anthropic" else 128
        cache_read = min(self._cached_tokens, total) // block * block if provider != "vllm" else 0
        if cache_read < 1_024:
            cache_read = 0
        cache_write = total - cache_read - self._between(3, 30) if provider == "anthropic" else 0
        self._cached_tokens = cache_read + cache_write if provider == "anthropic" else total
        return ModelUse(
            provider, model, response_model_of(model), total, output_tokens, cache_read, max(cache_write, 0),
            reasoning, finish, 0,
        )  # fmt: skip

    def _leaf(
        self, kind: str, name: str, median_ms: float = 1.0, *, duration_us: int | None = None, **fields: Json
    ) -> str:
        number, step_id = self._next_id()
        started_us = self.now_us
        self.now_us += duration_us or self._duration_us(median_ms)
        self.steps.append(
            Step(number, step_id, self._parent(), kind, name, self.agent, started_us, self.now_us, **fields)
        )
        self.now_us += self._between(200, 6_000)
        return step_id

    def _duration_us(self, median_ms: float) -> int:
        return max(int(self.rng.lognormvariate(math.log(median_ms), 0.45) * MICROSECONDS_PER_MS), 50)

    def _remember(self, entry: Json) -> None:
        self._conversation.append(entry)
        if self._context_tokens:
            self._context_tokens += _tokens(entry)

    def _next_id(self) -> tuple[int, str]:
        self._count += 1
        return self._count, ids.span_id(self.rng) if self.uses_hex_ids else str(self._count)

    def _parent(self) -> str | None:
        return self._open[-1].step_id if self._open else None

    def _between(self, low: int, high: int) -> int:
        return low + int(self.rng.random() * (high - low))


def _short(value: Json) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()[:600]


def _tokens(entry: Json) -> int:
    return len(orjson.dumps(entry)) // _CHARACTERS_PER_TOKEN
