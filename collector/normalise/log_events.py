"""Which log records say what an agent did (log_events.csv)."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from collector.decode.any_value import Plain
from collector.decode.logs import Log

ANNOTATION = "annotation"
"""Kind of events that judge a step, and are none."""
ANY_EVENT = "<any>"
"""Name of events that are known by something else."""
_ALWAYS, _BODY = "<always>", "body."


@dataclass(frozen=True, slots=True)
class Condition:
    """One word of `when` or `failed`: `key` is there, `!key` is not, `key=value` is so in text, `key~value` holds it.

    A key is that of an attribute; `body` is the body, `body.<name>` a member of it; `<always>` holds.
    """

    key: str
    relation: str
    value: str

    def holds(self, log: Log) -> bool:
        """Whether the record meets it."""
        if self.key == _ALWAYS:
            return True
        said = _value(log, self.key)
        if self.relation == "=":
            return as_word(said) == self.value
        if self.relation == "~":
            return isinstance(said, str) and self.value in said
        return (said is None or said == "") is (self.relation == "!")


@dataclass(frozen=True, slots=True)
class LogEvent:
    """One row of log_events.csv: an event of this name, from this scope, that meets `when`, is a step of this kind.

    No kind: that is decided as for spans. `failed` tells the records that say so of an error. `body` says what the
    body holds: `input`, `output`, `members` of these names, or `usage` in words. Where a record has no trace,
    the attributes of `run_key` together name its run, else those of `conversation` stand in for one.
    """

    name: str
    scope: str
    when: tuple[Condition, ...]
    dialect: str
    kind: str
    role: str
    failed: tuple[Condition, ...]
    body: str
    run_key: tuple[str, ...]
    conversation: tuple[str, ...]

    def is_said_by(self, log: Log) -> bool:
        """Whether the record is such an event, given that it has the name."""
        return log.sender.scope_name.startswith(self.scope) and all(c.holds(log) for c in self.when)

    def has_failed(self, log: Log) -> bool:
        """Whether the record tells of a failure."""
        return bool(self.failed) and all(condition.holds(log) for condition in self.failed)


@dataclass(frozen=True, slots=True)
class FoundLog:
    """A record that is an event: `row` of the log records, `run_id` of its run."""

    row: int
    log: Log
    event: LogEvent
    run_id: str

    @property
    def step_id(self) -> str | None:
        """The span that the record was written in."""
        return valid_hex(self.log.message.span_id, 8)


def found_events(logs: Sequence[Log]) -> Iterator[FoundLog]:
    """The records that are events of a run; one of which nobody says the run is a record, and no step."""
    for row, log in enumerate(logs):
        event = _event_of(log)
        if event is None:
            continue
        run_id = valid_hex(log.message.trace_id, 16) or _key(log, event, event.run_key)
        run_id = run_id or _key(log, event, event.conversation)
        if run_id:
            yield FoundLog(row, log, event, run_id)


def valid_hex(raw: bytes, size: int) -> str | None:
    """An id of `size` bytes in hex; None where it is absent, of another size or all zero."""
    return raw.hex() if len(raw) == size and any(raw) else None


def _key(log: Log, event: LogEvent, keys: tuple[str, ...]) -> str | None:
    words = [as_word(log.attributes.get(key)) for key in keys]
    return f"{event.dialect}:{'/'.join(map(str, words))}" if words and all(words) else None


def _event_of(log: Log) -> LogEvent | None:
    """The first row that the record fits: by EventName, the attribute `event.name` or a body of text; None: no step."""
    known = _events()
    for name in (log.message.event_name, log.attributes.get("event.name"), log.plain.get("body"), ANY_EVENT):
        for event in known.get(name, ()) if isinstance(name, str) else ():
            if event.is_said_by(log):
                return event
    return None


def as_word(value: Plain) -> str | None:
    """A plain value as attributes say it in text: true, 200, error."""
    if value is None or isinstance(value, dict | list):
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)


@cache
def _events() -> dict[str, tuple[LogEvent, ...]]:
    found: dict[str, tuple[LogEvent, ...]] = {}
    for event in _rows():
        found[event.name] = (*found.get(event.name, ()), event)
    return found


def _rows() -> Iterator[LogEvent]:
    text = files(__package__).joinpath("log_events.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        yield LogEvent(
            row["event"],
            row["scope"],
            _conditions(row["when"]),
            row["dialect"],
            row["kind"],
            row["role"],
            _conditions(row["failed"]),
            row["body"],
            tuple(row["run_key"].split()),
            tuple(row["conversation"].split()),
        )


def _conditions(text: str) -> tuple[Condition, ...]:
    return tuple(_condition(word) for word in text.split())


def _condition(word: str) -> Condition:
    if word.startswith("!"):
        return Condition(word[1:], "!", "")
    relation = next((mark for mark in "=~" if mark in word), "")
    key, _, value = word.partition(relation) if relation else (word, "", "")
    return Condition(key, relation, value)


def _value(log: Log, key: str) -> Plain:
    body = log.plain.get("body")
    if key == "body":
        return body
    if key.startswith(_BODY):
        return body.get(key.removeprefix(_BODY)) if isinstance(body, dict) else None
    return log.attributes.get(key)


__all__ = ["ANNOTATION", "ANY_EVENT", "Condition", "FoundLog", "LogEvent", "as_word", "found_events", "valid_hex"]
