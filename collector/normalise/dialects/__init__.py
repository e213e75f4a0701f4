"""What tables cannot say: one small module a dialect, asked only about the spans that speak it.

A module in this folder holds `DIALECT = Dialect(...)`; that is all there is to registering it. Its `read` gets a Part,
the spans of one group that match, and yields Said: this span, this field, this value, from this key. What it says wins
over crosswalk.csv and kinds.csv, but not over the sender's own `tachograph.*` keys.
"""

import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import NamedTuple

from collector.normalise.part import Part


class Said(NamedTuple):
    """`field` of the span at `row` is `value`, which came from `key`.

    Fields: those of crosswalk.csv (`input_tokens`, `agent`, `tool_name`, `input`, …), and `kind`, `name`, `status`
    (unset, ok, error), `error_message`, `requested_call_ids`, `run_keys` (lists of text), `details.<name>` (a
    validator's `result`, an approval's `decision`, …: details.py), `outlives_root` (true on a root whose end is not
    that of the run). A value of None means that nothing is known, whatever the tables said. `key` is an attribute key,
    or `event:<event name>.<key>`, `span name`, `scope`; for what lies inside JSON the path follows:
    `<key>.usage.prompt_tokens`.
    """

    row: int
    field: str
    value: object
    key: str


@dataclass(frozen=True, slots=True)
class Dialect:
    """A module's entry: whom to ask, and about which spans.

    A span matches if the name of its instrumentation scope begins with one of `scopes`, or if it has one of `keys`
    (a key that ends in `*` stands for all that begin so). Of two dialects that say the same field of the same span
    the one with the higher `rank` wins.
    """

    name: str
    read: Callable[[Part], Iterable[Said]]
    scopes: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    rank: int = 0


@cache
def dialects() -> tuple[Dialect, ...]:
    """All dialects of this folder, the one that wins last."""
    names = [module.name for module in pkgutil.iter_modules(__path__)]
    found: list[Dialect] = [import_module(f"{__name__}.{name}").DIALECT for name in names]
    return tuple(sorted(found, key=lambda dialect: (dialect.rank, dialect.name)))
