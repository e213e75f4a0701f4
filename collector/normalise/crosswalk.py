"""The mapping as data: which attribute key says which canonical field, and which value says which kind of step."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

OWN_PREFIX = "tachograph."
CONTENT_FIELDS = ("input", "output", "content")

_DIALECTS = (
    ("openinference.", "openinference"),
    ("traceloop.", "openllmetry"),
    ("ai.", "vercel_ai"),
    ("langfuse.", "langfuse"),
    ("langsmith.", "langsmith"),
    ("gen_ai.", "otel_genai"),
    ("llm.", "openinference"),
    ("mcp.", "mcp"),
    (OWN_PREFIX, "tachograph"),
)
DIALECTS = (*dict.fromkeys(name for _, name in _DIALECTS), "otlp")
"""Dialects, the one that decides first coming first; `otlp` is a span that speaks none of them."""

# Keys are what senders write: a sender that makes up new ones must not fill the memory.
_REMEMBERED_KEYS = 65_536


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of crosswalk.csv: `key` says `field`, as `type`, on spans, resources or both."""

    field: str
    key: str
    type: str
    on_span: bool
    on_resource: bool


@dataclass(frozen=True, slots=True)
class KindRule:
    """One row of kinds.csv: where `key` has `value` the step is of this kind."""

    key: str
    value: str
    kind: str


def _rows(name: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(files(__package__).joinpath(name).read_text("utf-8").splitlines())


@cache
def rules() -> dict[str, tuple[Rule, ...]]:
    """Rules by field, the one that wins first."""
    by_field: dict[str, list[tuple[int, Rule]]] = {}
    for row in _rows("crosswalk.csv"):
        where = row["where"].split("+")
        rule = Rule(row["field"], row["key"], row["type"], "span" in where, "resource" in where)
        by_field.setdefault(rule.field, []).append((int(row["precedence"]), rule))
    return {
        field: tuple(rule for _, rule in sorted(found, key=lambda pair: pair[0])) for field, found in by_field.items()
    }


@cache
def kind_rules() -> tuple[KindRule, ...]:
    """Rules for the kind of a step, in order of precedence by key."""
    return tuple(KindRule(row["key"], row["value"], row["kind"]) for row in _rows("kinds.csv"))


@lru_cache(_REMEMBERED_KEYS)
def dialect_rank(key: str) -> int:
    """Index into DIALECTS of the dialect that an attribute key belongs to."""
    for prefix, name in _DIALECTS:
        if key.startswith(prefix):
            return DIALECTS.index(name)
    return len(DIALECTS) - 1


@lru_cache(_REMEMBERED_KEYS)
def is_content(key: str) -> bool:
    """Whether a key holds what was said or handed over, which is kept apart from the steps."""
    exact, prefixes = _content_keys()
    return key in exact or key.startswith(prefixes)


@lru_cache(_REMEMBERED_KEYS)
def is_known(key: str) -> bool:
    """Whether any rule reads this key."""
    return key in _known_keys() or is_content(key) or key.startswith(OWN_PREFIX)


@cache
def _content_keys() -> tuple[frozenset[str], tuple[str, ...]]:
    keys = [rule.key for field in CONTENT_FIELDS for rule in rules()[field]]
    return frozenset(k for k in keys if not k.endswith("*")), tuple(k[:-1] for k in keys if k.endswith("*"))


@cache
def _known_keys() -> frozenset[str]:
    mapped = {rule.key for found in rules().values() for rule in found}
    return frozenset(mapped | {rule.key for rule in kind_rules()})
