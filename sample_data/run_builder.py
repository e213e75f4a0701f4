"""Tells one run, step by step: keeps the clock, the conversation, the context that grows and the tree of steps."""

import math
from dataclasses import dataclass, field, replace
from random import Random

import orjson

from sample_data import ids
from sample_data.clock import MICROSECONDS_PER_MS
from sample_data.conversation import Conversation, tokens
from sample_data.model import Json, ModelUse, Step
from sample_data.money import SELF_HOSTED_MODEL, call_cost_nano_usd, provider_of, response_model_of
from sample_data.tool_use import PASSING_FAULTS, Fault, ToolUse

_MODEL_FAULTS = (
    ("RateLimitError", "429: this organisation has reached its tokens per minute"),
    ("OverloadedError", "529: the model is temporarily overloaded"),
)
_FLAKY_TOOL_SHARE = 0.035
_FLAKY_MODEL_SHARE = 0.008


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
    conversation: Conversation
    uses_hex_ids: bool
    steps: list[Step] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)
    _count: int = 0

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
        self.conversation.remember({"role": "user", "content": text})

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

    def retrieve(self, source: str, query: str, documents: list[Json], hidden_tokens: int = 0) -> str:
        """A look-up in a knowledge source; documents are {"id", "score"} (and text where the source gives it)."""
        found = ", ".join(str(document["id"]) for document in documents)
        self.conversation.remember({"role": "tool", "content": f"{source}: {found}"}, hidden_tokens)
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
            self._tool(use, call_id, 1, self.rng.choice(PASSING_FAULTS))
            self.now_us += self._between(400_000, 2_200_000)
            attempt = 2
        step_id = self._tool(use, call_id, attempt, use.failure)
        output = {"error": use.failure.message} if use.failure else use.output
        self.conversation.remember({"role": "tool", "content": _short(output)}, use.hidden_tokens)
        return step_id

    def _tool(self, use: ToolUse, call_id: str | None, attempt: int, fault: Fault | None) -> str:
        if fault is None:
            step_id = self._leaf(
                "tool_call", use.name, use.median_ms, input=dict(use.input), output=use.output, attempt=attempt,
                call_id=call_id, effect=use.effect, cost_nano_usd=use.cost_nano_usd,
            )  # fmt: skip
        else:
            duration_us = fault.after_ms * MICROSECONDS_PER_MS + self._between(100, 9_000)
            step_id = self._leaf(
                "tool_call", use.name, duration_us=duration_us, input=dict(use.input), attempt=attempt, call_id=call_id,
                effect=use.effect, status="error", error_type=fault.error_type, error_message=fault.message,
            )  # fmt: skip
        if use.http:
            self._http_below(self.steps[-1], use.http)
        return step_id

    def _http_below(self, tool: Step, request: str) -> None:
        number, step_id = self._next_id()
        inset_us = (tool.ended_us - tool.started_us) // 20
        started_us, ended_us = tool.started_us + inset_us, tool.ended_us - inset_us
        self.steps.append(
            Step(number, step_id, tool.step_id, "http", request, self.agent, started_us, ended_us, tool.status)
        )

    def _model_call(self, model: str, answer: Json, output_tokens: int | None, reasoning: int, finish: str) -> str:
        attempt = 1
        if model != SELF_HOSTED_MODEL and self.rng.random() < _FLAKY_MODEL_SHARE:
            self._failed_model_call(model)
            attempt = 2
        said_tokens = output_tokens or tokens(answer) + self._between(8, 40)
        use = self.conversation.use(self.rng, model, said_tokens + reasoning, reasoning, finish)
        cost = call_cost_nano_usd(
            model, use.input_tokens, use.cache_read_tokens, use.cache_write_tokens, use.output_tokens
        )
        millis_per_token = 4.5 if model.endswith(("mini", "flash", "haiku-4-5")) else 11.0
        duration_us = self._duration_us(420 + use.output_tokens * millis_per_token)
        use = replace(use, time_to_first_token_us=int(duration_us * (0.12 + 0.3 * self.rng.random())))
        step_id = self._leaf(
            "model_call", model, duration_us=duration_us, input=self.conversation.recent(), output=answer, use=use,
            cost_nano_usd=cost, attempt=attempt,
        )  # fmt: skip
        self.conversation.remember(answer)
        return step_id

    def _failed_model_call(self, model: str) -> None:
        """The provider refused: nothing was used, and the gateway reports a cost of 0."""
        error_type, message = self.rng.choice(_MODEL_FAULTS)
        use = ModelUse(provider_of(model), model, response_model_of(model), 0, 0, 0, 0, 0, "error", 0)
        self._leaf(
            "model_call", model, 350.0, input=self.conversation.recent(), status="error", error_type=error_type,
            error_message=message, use=use, cost_nano_usd=0,
        )  # fmt: skip
        self.now_us += self._between(900_000, 4_000_000)

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

    def _next_id(self) -> tuple[int, str]:
        self._count += 1
        return self._count, ids.span_id(self.rng) if self.uses_hex_ids else str(self._count)

    def _parent(self) -> str | None:
        return self._open[-1].step_id if self._open else None

    def _between(self, low: int, high: int) -> int:
        return low + int(self.rng.random() * (high - low))


def _short(value: Json) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()[:600]
