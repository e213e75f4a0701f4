"""The state of one replay: which recorded call answers which request, and where the two part."""

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from secrets import token_hex

from collector.replay_live.canonical import canonical
from collector.replay_live.compare import Difference, differences, not_compared
from collector.replay_live.model import Answer, Failure, RecordedCall, RecordedTool, Recording, Request


@dataclass(frozen=True, slots=True)
class Divergence:
    """Where the agent asked for something else than the record holds. `number`: the step that was due, if any."""

    what: str
    number: int | None
    step_id: str | None
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Lack:
    """The record holds no answer for the step that was asked for."""

    what: str
    number: int
    step_id: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Served:
    """An answer out of the record."""

    number: int
    step_id: str
    answer: Answer | Failure


@dataclass(frozen=True, slots=True)
class GoLive:
    """The live model answers this one."""


Stop = Divergence | Lack
Decision = Served | GoLive | Stop


class Session:
    """Decides what answers each request; safe to share between threads.

    A request is answered by the first recorded call, not yet used, that asked the same; so parallel branches may come
    in any order. Where none did, it belongs to the first one not yet used: a divergence, or, before `from_number`, a
    note.
    """

    def __init__(
        self, recording: Recording, *, from_number: int | None = None, ignored: Sequence[re.Pattern[str]] = ()
    ) -> None:
        self.recording = recording
        self.from_number = from_number
        # Ids of answers differ between replays: telemetry takes two answers of one id for one call.
        self.nonce = token_hex(4)
        self._notes: dict[str, list[int]] = {}
        self.stopped = threading.Event()
        self.stop: Stop | None = None
        self.live_calls = 0
        self.served_calls = 0
        self.served_tools = 0
        self._ignored = tuple(ignored)
        self._lock = threading.Lock()
        self._calls = [call for call in recording.calls if self._is_of_record(call.number)]
        self._tools = list(recording.tools)

    def ask_model(self, request: Request) -> Decision:
        """What answers a request to the model. After a stop: the same stop again."""
        with self._lock:
            if self.stop is not None:
                return self.stop
            if not self._calls:
                return self._beyond()
            found = [(call, differences(call, request, self._ignored)) for call in self._calls]
            call, apart = next(((each, apart) for each, apart in found if not apart), found[0])
            if apart and self.from_number is None:
                return self._halt(Divergence("model call", call.number, call.step_id, apart))
            return self._serve(call, request, apart)

    def call_tool(self, name: str, arguments: object) -> RecordedTool | Stop:
        """The recorded call of a tool that answers; its result is there."""
        said = canonical(arguments or {})
        with self._lock:
            if self.stop is not None:
                return self.stop
            due = [tool for tool in self._tools if tool.name == name]
            tool = next((each for each in due if each.arguments == said), None)
            tool = tool or next((each for each in due if each.arguments is None), None)
            if tool is None:
                return self._halt(_unknown_call(name, said, due))
            if tool.output is None:
                return self._halt(Lack(f"tool call of {name}", tool.number, tool.step_id, tool.missing))
            self._tools.remove(tool)
            self.served_tools += 1
            return tool

    def note(self, text: str) -> None:
        """Something that the person should read at the end; said once."""
        with self._lock:
            self._note(text)

    def notes(self) -> tuple[str, ...]:
        """What was noted, with the steps that it was noted at."""
        with self._lock:
            return tuple(_at_steps(text, numbers) for text, numbers in self._notes.items())

    def left(self) -> tuple[RecordedCall, ...]:
        """The model calls of the record that were never asked for."""
        with self._lock:
            return tuple(self._calls)

    def _is_of_record(self, number: int) -> bool:
        return self.from_number is None or number < self.from_number

    def _beyond(self) -> Decision:
        if self.from_number is not None:
            self.live_calls += 1
            return GoLive()
        return self._halt(Divergence("a model call more than the record holds", None, None))

    def _serve(self, call: RecordedCall, request: Request, apart: Sequence[Difference]) -> Decision:
        if call.answer is None:
            return self._halt(Lack("model call", call.number, call.step_id, call.missing))
        if apart:
            places = ", ".join(difference.place for difference in apart)
            self._note(f"answered from the record although the request differs: {places}", call.number)
        unknown = not_compared(call, request)
        if unknown:
            self._note(f"not compared, as the record does not hold it: {', '.join(unknown)}", call.number)
        self._calls.remove(call)
        self.served_calls += 1
        return Served(call.number, call.step_id, call.answer)

    def _halt(self, stop: Stop) -> Stop:
        self.stop = stop
        self.stopped.set()
        return stop

    def _note(self, text: str, number: int | None = None) -> None:
        self._notes.setdefault(text, []).extend([] if number is None else [number])


def _at_steps(text: str, numbers: Sequence[int]) -> str:
    if not numbers:
        return text
    return f"{'step' if len(numbers) == 1 else 'steps'} {', '.join(map(str, numbers))}: {text}"


def _unknown_call(name: str, arguments: str, due: Sequence[RecordedTool]) -> Divergence:
    if not due:
        return Divergence(f"a call of the tool {name} more than the record holds", None, None)
    first = due[0]
    return Divergence(
        f"tool call of {name}", first.number, first.step_id, (Difference("arguments", first.arguments, arguments),)
    )
