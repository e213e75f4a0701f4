"""One step: what went in, what came out, what failed, and everything the sender said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard import formats, palette
from dashboard.blocks.payload import fields, payload
from dashboard.markup import Child, Html, element

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


def step_payloads(row: Row) -> Html:
    """Input and output."""
    return element(
        "div",
        payload("Input", row["input"], "nothing was logged"),
        payload("Output", row["output"], "nothing was logged"),
    )


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
    facts: list[tuple[str, Child]] = [
        ("step", element("span", str(row["step_id"]), class_="t-mono")),
        ("status", str(row["status"])),
        ("started", formats.moment(row.get("started_at"), seconds=True, year=True)),
        ("duration", "unknown" if row["duration_ms"] is None else formats.duration(row["duration_ms"])),
        ("tokens", _tokens(row)),
        ("cost", _cost(row)),
        ("time", _TIME_WORDS.get(str(row.get("time_basis")))),
    ]
    facts += [
        (title, row.get(name))
        for name, title in (("model", "model"), ("agent", "agent"), ("effect", "effect"), ("attempt", "attempt"))
    ]
    return [
        (name, str(value) if not isinstance(value, (str, Html)) else value)
        for name, value in facts
        if value not in (None, "")
    ]


_NO_COST = {
    "unpriced": "unpriced: the sender told tokens, nobody told a price (set tachograph.cost_usd or cost_usd)",
    "usage_missing": "usage missing: the sender told neither tokens nor cost",
}
_TIME_WORDS = {
    "ingest": "nobody said when; the time of arrival stands in",
    "skewed": "ended before it started; duration unknown",
}


def _tokens(row: Row) -> str | None:
    if row["kind"] != "model_call":
        return None
    told = {
        word: row.get(name)
        for word, name in (
            ("in", "input_tokens"),
            ("out", "output_tokens"),
            ("cached", "cache_read_tokens"),
            ("reasoning", "reasoning_tokens"),
        )
    }
    parts = [f"{formats.count(value)} {word}" for word, value in told.items() if value is not None]
    return " · ".join(parts) or "usage missing: the sender told no tokens"


def _cost(row: Row) -> str | None:
    if row["cost_usd"] is not None:
        return f"{formats.money(row['cost_usd'])} ({row['cost_status']})"
    return _NO_COST.get(row["cost_status"] or "")
