"""Names that steps use and the price book does not know, as data (aliases.csv), and the rules that read them."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_LONGEST_NAME = 200
_BEDROCK_VENDOR = re.compile(r"(?:^|\.)(?:anthropic|amazon|meta|cohere|mistral|ai21|deepseek|openai|qwen|writer)\.")
_OLLAMA_TAG = re.compile(r":(?:\d+(?:\.\d+)?[bm]\b|latest$)", re.IGNORECASE)
_DATE = re.compile(r"[-@]20\d{2}-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])$")
_WORDS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Attempt:
    """A pair to look up: the book's provider (None: let the model's name decide) and a spelling of the model."""

    provider: str | None
    model: str


def attempts(provider: str | None, model: str, known: frozenset[str]) -> Iterator[Attempt]:
    """What to look up for a provider and a model as a step says them, the likeliest first; nothing where self-hosted.

    `known` holds the ids of the book's providers.
    """
    model = model.strip()
    if not model or len(model) > _LONGEST_NAME or is_self_hosted(provider):
        return
    found = _provider(provider, known)
    head, _, tail = model.partition("/")
    if found is not None:
        yield from _sold(found, model)
        vendor = _provider(head, known) if tail else None
        if vendor in known:
            yield from _sold(vendor, tail)
    elif not tail or _is_path(model):
        yield from _without_provider(model)
    elif not is_self_hosted(head):
        # A router's name says who is behind it; any other one in front of a slash publishes weights for all to run.
        vendor = _provider(head, known)
        if vendor is None:
            yield from attempts(None, tail, known)
        elif vendor in known:
            yield from _sold(vendor, tail)


def is_self_hosted(provider: str | None) -> bool:
    """Whether a provider's name says that the model runs on one's own machine: nobody has a list price for that."""
    own = _table("self_hosted")
    name = (provider or "").strip().lower()
    return name in own or any(word in own for word in _WORDS.split(name))


def price_context(service_tier: str | None) -> dict[str, str] | None:
    """The book's words for a service tier; empty for the standard one, None for a tier that nobody knows."""
    tiers = _table("tier")
    name = (service_tier or "default").strip().lower()
    if name not in tiers:
        return None
    return dict(pair.split("=") for pair in tiers[name].split())


def book_provider(provider: str | None, known: frozenset[str]) -> str | None:
    """The provider as the book calls it, as far as a name alone can say."""
    return _provider(provider, known)


def _provider(provider: str | None, known: frozenset[str]) -> str | None:
    """The book's id; the name itself where it is none (the book has rules of its own); None for frameworks."""
    name = (provider or "").strip().lower()
    cut = name
    while cut:
        if cut in _table("framework"):
            return None
        if cut in _table("provider"):
            return _table("provider")[cut]
        if cut in known:
            return cut
        # 'openai.chat', 'anthropic.messages', 'google.vertex.chat': the API behind the last point.
        cut = cut.rpartition(".")[0]
    return name or None


def _without_provider(model: str) -> Iterator[Attempt]:
    if model.lower().startswith("ft:"):
        yield Attempt("openai", model)
    elif _BEDROCK_VENDOR.search(model.lower()):
        yield from _sold("aws", model)
    elif not _OLLAMA_TAG.search(model):
        for spelling in _spellings(model):
            yield Attempt(None, spelling)


def _sold(provider: str, model: str) -> Iterator[Attempt]:
    weights = _table("open_weights").get(provider)
    for spelling in _spellings(model):
        if weights is None or not spelling.lower().startswith(weights):
            yield Attempt(provider, spelling)


def _spellings(model: str) -> Iterator[str]:
    yield model
    short = model.rpartition("/")[2] if _is_path(model) else model
    if short != model:
        yield short
    undated = _DATE.sub("", short)
    if undated != short and undated:
        yield undated


def _is_path(model: str) -> bool:
    """'models/…', 'projects/…/models/…', an ARN: the last part is the name."""
    return model.startswith(("models/", "projects/", "publishers/", "arn:", "accounts/", "converse/", "@cf/"))


@cache
def _table(kind: str) -> dict[str, str]:
    text = (files("collector.prices") / "aliases.csv").read_text("utf-8")
    return {row["name"]: row["means"] for row in csv.DictReader(text.splitlines()) if row["kind"] == kind}
