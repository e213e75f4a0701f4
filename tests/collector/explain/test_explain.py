"""A report answers the fourteen questions or says that it cannot, and logged text in it is only text."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from collector.explain.explaining import explain
from collector.explain.html import as_html
from collector.explain.markdown import as_markdown, fenced, inline
from collector.explain.report import Fact, Grid, Missing, Paragraph, Quote, Report, Section
from collector.model import Delivery, Signal, Source
from collector.pipeline import Pipeline
from collector.reader import Reader
from collector.store import open_store

EVENTS = Path(__file__).parent / "hostile.jsonl"
QUESTIONS = [f"{number}." for number in range(1, 15)]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A store with one run whose every text is hostile."""
    store = open_store(str(tmp_path_factory.mktemp("explain") / "store.duckdb"))
    pipeline = Pipeline(store)
    pipeline.start()
    delivery = Delivery(Signal.EVENTS, Source.FILE, EVENTS.read_bytes(), datetime(2026, 11, 3, tzinfo=UTC), "h.jsonl")
    assert pipeline.submit(delivery).result(60).stored == 7
    yield Reader(store, catch_up=pipeline.follower.catch_up, analyse=pipeline.analyst.catch_up)
    pipeline.stop()
    store.close()


@pytest.fixture(scope="module")
def report(reader: Reader) -> Report:
    return explain(reader, "h")


class Page(HTMLParser):
    """What a browser would make of a page: its elements, their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


OWN_TAGS = {
    "html", "head", "meta", "title", "style", "body", "section", "h1", "h2", "p", "dl", "dt", "dd", "div", "pre",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
OWN_ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "name", "class", "scope"}


def test_every_question_has_its_section_and_an_answer(report: Report) -> None:
    titles = [section.title for section in report.sections]
    assert [title.split(" ")[0] for title in titles[2:16]] == QUESTIONS
    assert [title for title in titles if title[0] not in "123456789"] == [
        "In short",
        "The step to blame",
        "What it cost",
        "What is not captured",
    ]
    assert all(section.blocks for section in report.sections)


def answer(report: Report, beginning: str) -> str:
    (section,) = [section for section in report.sections if section.title.startswith(beginning)]
    return as_html(Report("", (section,)))


def test_a_person_who_granted_the_own_request_is_named(report: Report) -> None:
    assert "a*b requested pay | &lt;i&gt;x&lt;/i&gt; and a*b granted it (step 5): the same person." in answer(
        report, "8."
    )


def test_a_limit_that_was_passed_is_named(report: Report) -> None:
    assert "max_&lt;usd&gt; was 11.5 where 10 is the most, and the decision was allow (step 6)" in answer(report, "8.")


def test_what_nobody_said_is_not_captured_and_never_zero(report: Report) -> None:
    assert answer(report, "1.").count("not captured") >= 3
    assert "10 " not in answer(report, "11.")
    assert "runs to compare with" in answer(report, "11.")
    # The number that the sender left out between 2 and 4.
    assert re.search(r"missing in the sender's count</dt><dd>3</dd>", answer(report, "12."))
    assert "without a known price" in answer(report, "What it cost") or "not captured" in answer(report, "What it cost")


def test_the_page_holds_no_element_but_its_own(report: Report) -> None:
    page = Page(as_html(report))
    assert page.tags <= OWN_TAGS
    assert page.attributes <= OWN_ATTRIBUTES
    assert "<script>alert(1)</script>" in page.text
    assert "\\u202e" in page.text
    assert "\u202e" not in page.text


def outside_fences(text: str) -> str:
    """The lines that CommonMark reads as markup: a fence ends at a line of as many backticks or more."""
    outside, fence = [], ""
    for line in text.splitlines():
        marks = re.match(r" {0,3}(`{3,})(.*)$", line)
        if not fence and marks:
            fence = marks[1]
        elif fence and marks and len(marks[1]) >= len(fence) and not marks[2].strip():
            fence = ""
        elif not fence:
            outside.append(line)
    assert not fence
    return "\n".join(outside)


def test_markdown_holds_no_markup_of_logged_text(report: Report) -> None:
    outside = outside_fences(as_markdown(report))
    assert "<" not in outside
    assert not re.search(r"(?m)(?<!\\)://|(?<!\\)\]\(|^# Owned", outside)
    assert len(re.findall(r"(?m)^#+ ", outside)) == 1 + 18


def test_the_same_store_gives_the_same_report(reader: Reader, report: Report) -> None:
    again = explain(reader, "h")
    assert (as_markdown(again), as_html(again)) == (as_markdown(report), as_html(report))


TEXTS = some.text(some.sampled_from("`~<>&|[]()#*_!\\\n\r\"'ab :/.-=\x00\u202e\u2028"), max_size=40)


@given(TEXTS)
def test_no_text_ends_its_fence(text: str) -> None:
    first, *body, last = fenced(text).split("\n")
    fence = first.removesuffix("text")
    assert set(fence) == {"`"}
    assert last == fence
    assert not any(line.strip().startswith(fence) for line in body)


@given(TEXTS)
def test_no_text_is_markup(text: str) -> None:
    found = inline(text)
    assert not re.search(r"[\n\r<>]", found)
    # Every mark that opens markup follows an odd number of backslashes.
    for mark in re.finditer(r"[`*\[\]!|~]|(?<!\w)_|_(?!\w)|^[#+=-]", found):
        before = found[: mark.start()]
        assert (len(before) - len(before.rstrip("\\"))) % 2 == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("create_refund at 2026-10-26 00:56:35.623", "create_refund at 2026-10-26 00:56:35.623"),
        ("_x_ *y* `z`", r"\_x\_ \*y\* \`z\`"),
        ("1. first", r"1\. first"),
        ("2026. year", r"2026\. year"),
        ("0.8.3", "0.8.3"),
        ("--- # x", r"\--- # x"),
        ("# Owned\n## Again", r"\# Owned ## Again"),
        ("[a](https://b.example/)", r"\[a\](https\://b.example/)"),
        ("www.b.example a@b.example", r"www\.b.example a\@b.example"),
        ("<i>&amp;", "&lt;i&gt;&amp;amp;"),
    ],
)
def test_text_within_a_line(text: str, shown: str) -> None:
    assert inline(text) == shown


@given(TEXTS)
def test_no_text_is_an_element(text: str) -> None:
    blocks = (Fact(text, text), Paragraph(text), Missing(text), Quote(text, text), Grid((text,), ((text,),)))
    page = Page(as_html(Report(text, (Section(text, blocks),))))
    assert page.tags <= OWN_TAGS
    assert page.attributes <= OWN_ATTRIBUTES
