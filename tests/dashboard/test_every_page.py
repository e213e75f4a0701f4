"""What holds across all pages: hostile text, footers, refusals, SQL on demand."""

from __future__ import annotations

import re
from dataclasses import fields
from html.parser import HTMLParser
from typing import Any

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.links import Filters
from dashboard.registry import PAGES
from queries import read_queries
from tests.dashboard import frames
from tests.dashboard.conftest import Open, text_of
from tests.dashboard.fake_api import FakeApi
from tests.dashboard.hostile import HOSTILE

PARAMETERS: dict[str, dict[str, str]] = {
    "run": {"run": "a9c2f1", "step": "s1", "find": "x"},
    "scoreboard": {"charts": "true"},
}
PARAMETERS["incidents"] = {"key": "4fd3da5d588e"}
PARAMETERS["compare"] = {"run": "a9c2f1", "with": "b7d0e2"}
PARAMETERS["replay"] = {"run": "a9c2f1", "at": "7"}
PARAMETERS["economics"] = {
    "prices": "true", "over-time": "true", "served": "true", "waste": "loop", "entry": "small-model",
}  # fmt: skip
SLUGS = [entry.slug for entry in PAGES]
OURS = {
    "a",
    "b",
    "code",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "footer",
    "h1",
    "h2",
    "header",
    "i",
    "p",
    "pre",
    "q",
    "section",
    "small",
    "span",
    "summary",
}
OURS |= {"li", "ul", "table", "tbody", "td", "th", "thead", "tr"}


def opened(open_page: Open, slug: str) -> AppTest:
    return open_page(slug, **PARAMETERS.get(slug, {}))


@pytest.mark.parametrize("slug", SLUGS)
def test_a_footer_says_data_up_to_when_and_the_zone(open_page: Open, slug: str) -> None:
    assert "Data to 18 Nov 13:40 UTC · all times are UTC" in text_of(opened(open_page, slug))


@pytest.mark.parametrize("slug", SLUGS)
def test_the_sql_of_every_page_can_be_shown(open_page: Open, slug: str) -> None:
    page = opened(open_page, slug)
    assert "select 1" not in [code.value for code in page.code]
    page.session_state[f"sql-{slug}"] = True
    page.run()
    assert any("select 1" in code.value for code in page.code)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_collector_that_is_gone_is_named(
    open_page: Open, api: FakeApi, monkeypatch: pytest.MonkeyPatch, slug: str
) -> None:
    monkeypatch.setenv("TACHOGRAPH_API_URL", "http://127.0.0.1:9")
    page = opened(open_page, slug)
    assert "The collector is not reachable" in text_of(page)
    assert "http://127.0.0.1:9" in text_of(page)
    assert page.code[0].value == "tachograph up"


@pytest.mark.parametrize("slug", SLUGS)
def test_a_refusal_is_shown_with_its_words(open_page: Open, api: FakeApi, slug: str) -> None:
    for name in api.answers:
        api.answers[name] = (504, {"error": "this read took longer than 30 s", "retry": True})
    text = text_of(opened(open_page, slug))
    assert "this read took longer than 30 s" in text
    assert "Asking again may help." in text


@pytest.mark.parametrize("slug", SLUGS)
def test_hostile_text_stays_text(open_page: Open, api: FakeApi, slug: str) -> None:
    """Every text of every answer is replaced; no tag, no handler and no script address comes out."""
    text = " ".join(HOSTILE)
    api.answers = {name: _poisoned(name, said, text) for name, said in api.answers.items()}
    page = opened(open_page, slug)
    shown = text_of(page)
    assert "document.title" in shown
    parsed = Parsed()
    parsed.feed(shown)
    assert parsed.tags <= OURS
    assert not {name for name in parsed.attributes if name.startswith("on")}
    assert all(
        re.match(r"(runs|run|replay|compare|incidents|economics|health|\./|https?://|#)", address)
        for address in parsed.addresses
    )
    for kind in ("markdown", "caption", "info", "warning", "error"):
        assert not [part for part in page.get(kind) if "document.title" in str(part.value)]


class Parsed(HTMLParser):
    """What a browser would make of the markup: its tags, attributes and addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name == "href"]


_STRUCTURAL = {"metric", "weeks", "week", "dimension", "kind", "status", "status_shown", "cost_status", "time_basis"}
_STRUCTURAL |= {"period", "row_kind", "bucket"}


def _poisoned(name: str, said: Any, text: str) -> Any:
    if not isinstance(said, pl.DataFrame) or name == "data_version":
        return said
    changed = [column for column, kind in said.schema.items() if kind == pl.String and column not in _STRUCTURAL]
    changed += ["cost_status", "status_shown"] if name in ("runs_page", "run_header") else []
    lists = [pl.lit([text]).alias(column) for column in ("models", "trace_ids") if column in said.columns]
    return said.with_columns([pl.lit(text).alias(column) for column in changed] + lists)


def test_pages_ask_only_what_the_named_queries_declare(open_page: Open, api: FakeApi) -> None:
    api.answers["scoreboard_weeks"] = frames.weeks(closed="2026-W46")  # the reads of a closed week are asked, too
    for slug in SLUGS:
        opened(open_page, slug)
    known = read_queries()
    for name, parameters in api.asked:
        assert set(parameters) <= {parameter.name for parameter in known[name].parameters}, name
    asked = {name for name, _ in api.asked}
    assert asked == set(api.answers)


def test_every_filter_is_a_parameter_of_the_list_and_its_count() -> None:
    names = {field.name.rstrip("_") for field in fields(Filters)}
    for query in ("runs_page", "runs_count"):
        assert names <= {parameter.name for parameter in read_queries()[query].parameters}
