"""What the telemetry of a folder truly lacks: one file a folder, `exceptions/<folder>.toml`.

    [[exception]]
    field = "session"               # or fields = ["input_tokens", "output_tokens"]
    runs = ["success", "stream"]    # scenarios; "*" is every run
    value = "not_captured"          # or what the telemetry can give
    reason = "this instrumentation sends no session"

    [[exception]]
    field = "input_tokens"
    values = { success = 1589, loop = 1700 }   # instead of `runs` and `value`
    reason = "one span for the whole loop, with the usage of its last call"

`not_captured` means nothing there: null, 0, or an empty list.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.corpus.truth import FIELDS

FOLDER = Path(__file__).with_name("exceptions")
NOT_CAPTURED = "not_captured"
EVERY_RUN = "*"


@dataclass(frozen=True, slots=True)
class Exempt:
    """In `run` the telemetry gives `value` for `field`, because of `reason`."""

    run: str
    field: str
    value: object
    reason: str


@cache
def exceptions_of(folder: str) -> tuple[Exempt, ...]:
    """The exceptions of a folder; none where it has no file."""
    path = FOLDER / f"{folder}.toml"
    if not path.exists():
        return ()
    said = tomllib.loads(path.read_text("utf-8"))["exception"]
    found = tuple(exempt for entry in said for exempt in _entries(entry))
    doubled = {(e.run, e.field) for e in found if sum((o.run, o.field) == (e.run, e.field) for o in found) > 1}
    if doubled:
        raise ValueError(f"{path.name} excepts more than once: {sorted(doubled)}")
    return found


def _entries(entry: dict[str, object]) -> list[Exempt]:
    fields = entry.get("fields") or [entry["field"]]
    unknown = set(fields) - set(FIELDS)
    reason = str(entry["reason"]).strip()
    if unknown or not reason:
        raise ValueError(f"an exception needs known fields and a reason: {entry}")
    values = entry.get("values") or dict.fromkeys(entry.get("runs", [EVERY_RUN]), entry.get("value"))
    if None in values.values():
        raise ValueError(f"an exception needs a value, or values by run: {entry}")
    return [Exempt(run, field, value, reason) for field in fields for run, value in values.items()]
