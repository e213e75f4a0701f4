"""The mapping as data: which attribute key says which canonical field, and which value says which kind of step."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

OWN_PREFIX = "tachograph."
_ANY_KEY = "<any key>"
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
    """One row of crosswalk.csv: `key` says `field`, as `type`, on spans, resources or both.

    `scope`: only on spans whose instrumentation scope has a name that begins so; "" is any.
    """

    field: str
    key: str
    type: str
    on_span: bool
    on_resource: bool
    scope: str = ""


@dataclass(frozen=True, slots=True)
class KindRule:
    """One row of kinds.csv: where `key` has `value` the step is of this kind; `scope` as in Rule."""

    key: str
    value: str
    kind: str
    scope: str = ""


@dataclass(frozen=True, slots=True)
class StatusRule:
    """One row of status.csv: where `key` has `value` (or any) a span of unset status has this one."""

    key: str
    value: str
    status: str
    scope: str


@dataclass(frozen=True, slots=True)
class ExceptionRule:
    """One row of exceptions.csv: an event of this exception (its class, or any) makes the span's status this one."""

    exception: str
    scope: str
    status: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where something is read out of messages: `key` may have N for a number, or be `event:<name>`; `form` says how."""

    field: str
    key: str
    form: str


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One row of placeholders.csv: this value of `field` says nothing; `scope` as in Rule."""

    field: str
    value: str
    scope: str


@dataclass(frozen=True, slots=True)
class BasisRule:
    """One row of usage_basis.csv: a sender that leaves cached tokens out of its input.

    Holds where the input came from `input_key` (may end in `*`), the scope's name begins with `scope`, the provider
    with `provider`, and the span has no key like `absent_key`; what is "" does not matter.
    """

    input_key: str
    scope: str
    provider: str
    absent_key: str


def _rows(name: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(files(__package__).joinpath(name).read_text("utf-8").splitlines())


@cache
def rules() -> dict[str, tuple[Rule, ...]]:
    """Rules by field, the one that wins first."""
    by_field: dict[str, list[tuple[int, Rule]]] = {}
    for row in _rows("crosswalk.csv"):
        where = row["where"].split("+")
        rule = Rule(row["field"], row["key"], row["type"], "span" in where, "resource" in where, row["scope"] or "")
        by_field.setdefault(rule.field, []).append((int(row["precedence"]), rule))
    return {
        field: tuple(rule for _, rule in sorted(found, key=lambda pair: pair[0])) for field, found in by_field.items()
    }


@cache
def kind_rules() -> tuple[KindRule, ...]:
    """Rules for the kind of a step, in order of precedence by key."""
    return tuple(KindRule(row["key"], row["value"], row["kind"], row["scope"] or "") for row in _rows("kinds.csv"))


@cache
def status_rules() -> tuple[StatusRule, ...]:
    """Rules for spans that failed without an ERROR status."""
    return tuple(StatusRule(row["key"], row["value"], row["status"], row["scope"] or "") for row in _rows("status.csv"))


@cache
def exception_rules() -> tuple[ExceptionRule, ...]:
    """Rules for what an exception event means, the one that decides first."""
    return tuple(ExceptionRule(row["exception"], row["scope"] or "", row["status"]) for row in _rows("exceptions.csv"))


@cache
def requested_call_sources() -> tuple[Source, ...]:
    """Where the ids stand of the tool calls that a model asked for; all of them are read."""
    return tuple(Source("requested_call_ids", row["source"], row["form"]) for row in _rows("requested_calls.csv"))


@cache
def fingerprint_sources() -> tuple[Source, ...]:
    """Where system prompt and tool definitions stand, the one that wins first."""
    return tuple(Source(row["fingerprint"], row["source"], row["form"]) for row in _rows("fingerprints.csv"))


@cache
def placeholders() -> tuple[Placeholder, ...]:
    """Values that instrumentations write where they know none."""
    return tuple(Placeholder(row["field"], row["value"], row["scope"]) for row in _rows("placeholders.csv"))


@cache
def basis_rules() -> tuple[BasisRule, ...]:
    """Senders that are known to count cached tokens apart from input."""
    return tuple(
        BasisRule(row["input_key"], row["scope"], row["provider"], row["absent_key"])
        for row in _rows("usage_basis.csv")
    )


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
    """Whether any rule reads this key, or known_keys.csv says that there is nothing in it for a column."""
    exact, prefixes = _known_keys()
    return key in exact or is_content(key) or key.startswith(prefixes)


@cache
def _content_keys() -> tuple[frozenset[str], tuple[str, ...]]:
    keys = [rule.key for field in CONTENT_FIELDS for rule in rules()[field]]
    return frozenset(k for k in keys if not k.endswith("*")), tuple(k[:-1] for k in keys if k.endswith("*"))


@cache
def _known_keys() -> tuple[frozenset[str], tuple[str, ...]]:
    read = {rule.key for found in rules().values() for rule in found} | {rule.key for rule in status_rules()}
    read |= {rule.value if rule.key == _ANY_KEY else rule.key for rule in kind_rules()}
    read |= {row["key"] for row in _rows("known_keys.csv")} | {f"{OWN_PREFIX}*"}
    return frozenset(k for k in read if not k.endswith("*")), tuple(k[:-1] for k in read if k.endswith("*"))
