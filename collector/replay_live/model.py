"""The words of a replay: what was asked of a model and what it answered, whatever API or instrumentation said it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ToolUse:
    """A call that the model asked for. `arguments` is canonical JSON, or the text as said where it is none."""

    call_id: str | None
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message: `role` is system, user, assistant or tool; `call_id` says which call a tool's message answers."""

    role: str
    text: str
    calls: tuple[ToolUse, ...] = ()
    call_id: str | None = None


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool that the model may call; `parameters` is its JSON schema as canonical JSON. None: not said."""

    name: str
    description: str | None = None
    parameters: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What the model is asked. None: not known (of a recording: not captured)."""

    model: str | None
    messages: tuple[Message, ...] | None
    tools: tuple[Tool, ...] | None
    parameters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one call; input includes what was cached, output includes reasoning. None: not known."""

    input_tokens: int | None = None
    output_tokens: int | None = None
    cache_read_tokens: int | None = None
    reasoning_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model said. `finish_reason`: stop, length, tool_calls or content_filter."""

    message: Message
    finish_reason: str
    usage: Usage = Usage()


@dataclass(frozen=True, slots=True)
class Failure:
    """The call failed: the HTTP status that the client got (500 where nobody said one), and why."""

    status: int
    error_type: str
    message: str


@dataclass(frozen=True, slots=True)
class RecordedCall:
    """One model call of the run. `missing` names what was not captured; `models`: every name that it went by.

    is_last_message_only: the record holds the last message alone, as text.
    """

    number: int
    step_id: str
    models: tuple[str, ...]
    request: Request
    answer: Answer | Failure | None
    missing: tuple[str, ...] = ()
    is_last_message_only: bool = False


@dataclass(frozen=True, slots=True)
class RecordedTool:
    """One tool call of the run. `arguments` is canonical JSON; `output` the text that the model got to see."""

    number: int
    step_id: str
    name: str
    arguments: str | None
    output: str | None
    is_error: bool = False
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recording:
    """A run as it can be replayed: its counted calls in their order."""

    run_id: str
    calls: tuple[RecordedCall, ...]
    tools: tuple[RecordedTool, ...]

    def definitions(self) -> tuple[Tool, ...]:
        """The tools of the run: as the model was offered them, else as they were called; one of each name."""
        found = {tool.name: tool for call in self.calls for tool in call.request.tools or ()}
        for tool in self.tools:
            found.setdefault(tool.name, Tool(tool.name))
        return tuple(found.values())
