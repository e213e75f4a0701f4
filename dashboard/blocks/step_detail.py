"""One step: what went in, what came out, what failed, and everything the sender said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard import cost_words, formats, palette
from dashboard.blocks.payload import fields, payload
from dashboard.markup import Child, Html, element
from dashboard.told_again import is_told_again

Row = Mapping[str, Any]
_JSON_FACTS = (
    ("details", "Details"),
    ("attributes", "Attributes"),
    ("content_attributes", "Content attributes"),
    ("resource", "Resource"),
    ("field_sources", "Where each field came from"),
    ("span_extra", "Rest of the span"),
)
_PAYLOADS = (("events", "Events"), ("links", "Links"))


def step_head(row: Row) -> Html:
    """Kind, name and facts of the step, and its error in words."""
    kind = element("span", palette.kind_words(row["kind"]), class_="t-muted")
    head = element(
        "h2",
        kind,
        " ",
        str(row["name"] or row.get("span_name") or "unnamed"),
        class_="t-heading",
        style="font-size:1.05rem;padding:0",
    )
    error = None
    if row["status"] == "error":
        words = (
            " ".join(str(row[name]) for name in ("error_type", "error_message") if row.get(name))
            or "the sender gave no message"
        )
        error = element("div", element("h2", "✕ Error"), element("p", words), class_="notice bad", role="alert")
    return element("div", head, definitions(_facts(row)), error)


def step_attributes(row: Row) -> Html:
    """All the rest: details, attributes, resource, events and links, each under its name; empty ones are left out."""
    blocks: list[Child] = []
    for name, title in _JSON_FACTS:
        if pairs := fields(row.get(name)):
            blocks += [element("p", title, class_="label"), definitions(pairs)]
    for name, title in _PAYLOADS:
        if row.get(name) and row[name] not in ("[]", "null"):
            blocks.append(payload(title, row[name], ""))
    return (
        element("div", *blocks)
        if blocks
        else element("p", "The sender said nothing more of this step.", class_="t-line")
    )


def definitions(pairs: Sequence[tuple[str, Child]]) -> Html:
    """Names and values, in two columns."""
    return element(
        "dl", *[part for name, value in pairs for part in (element("dt", name), element("dd", value))], class_="facts"
    )


def _facts(row: Row) -> list[tuple[str, Child]]:
    sources = dict(fields(row.get("field_sources")))
    facts: list[tuple[str, Child]] = [
        ("step", element("span", str(row["step_id"]), class_="t-mono")),
        ("status", _STATUS_WORDS.get(str(row["status"]), str(row["status"]))),
        ("started", formats.moment(row.get("started_at"), seconds=True, year=True)),
        ("duration", "unknown" if row["duration_ms"] is None else formats.duration(row["duration_ms"])),
        ("tokens", _tokens(row)),
        ("counted", _BASIS_WORDS.get(str(row.get("usage_basis"))) if row["kind"] == "model_call" else None),
        ("", _came_from(sources, _TOKEN_FIELDS)),
        ("cost", _cost(row)),
        ("", _came_from(sources, ("reported_cost_usd",))),
        ("time", _TIME_WORDS.get(str(row.get("time_basis")))),
    ]
    facts += [
        (title, row.get(name))
        for name, title in (
            ("model", "model"),
            ("provider", "provider"),
            ("service_tier", "tier"),
            ("agent", "agent"),
            ("effect", "effect"),
            ("attempt", "attempt"),
        )
    ]
    return [
        (name, str(value) if not isinstance(value, (str, Html)) else value)
        for name, value in facts
        if value not in (None, "")
    ]


_TOKEN_WORDS = {
    "input_tokens": "in",
    "output_tokens": "out",
    "cache_read_tokens": "cached",
    "cache_write_tokens": "written to the cache",
    "cache_write_1h_tokens": "of these for an hour",
    "reasoning_tokens": "reasoning",
    "audio_input_tokens": "audio in",
    "audio_output_tokens": "audio out",
}
_TOKEN_FIELDS = tuple(_TOKEN_WORDS)
_BASIS_WORDS = {
    "inclusive": "as sent: cached tokens are part of the input",
    "exclusive": "converted: the sender counted cached tokens beside the input; here they are part of it",
    "unknown": "as sent: whether the input holds the cached tokens is not known",
}
_NOT_COUNTED = "not counted at this step"
_STATUS_WORDS = {"unset": "not told by the sender, no error"}
_TIME_WORDS = {
    "ingest": "nobody said when; the time of arrival stands in",
    "skewed": "ended before it started; duration unknown",
}


def _tokens(row: Row) -> str | None:
    if row["kind"] != "model_call":
        return None
    told = [(row.get(name), words) for name, words in _TOKEN_WORDS.items()]
    # Of the rarer buckets a zero says nothing.
    parts = [
        f"{formats.count(value)} {words}" for value, words in told if value or (value == 0 and words in ("in", "out"))
    ]
    return " · ".join(parts) or "usage missing: the sender told no tokens"


def _came_from(sources: Mapping[str, str], names: Sequence[str]) -> Html | None:
    """The sender's own keys for these fields, where they are recorded."""
    keys = list(dict.fromkeys(sources[name] for name in names if name in sources))
    if not keys:
        return None
    return element("span", "came from ", element("span", ", ".join(keys), class_="t-mono"), class_="t-muted")


def _cost(row: Row) -> str | None:
    said = cost_words.long(row["cost_status"])
    if row["cost_usd"] is None:
        return _NOT_COUNTED if is_told_again(row) else said or None
    return f"{formats.money(row['cost_usd'])} ({said})" if said else formats.money(row["cost_usd"])
