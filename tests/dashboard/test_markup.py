"""Logged text is hostile: whatever it says, it comes out as text."""

from __future__ import annotations

import pytest

from dashboard.markup import Html, element, escape, join, plain, plotly_text
from tests.dashboard.hostile import HOSTILE


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_tag_or_leaves_its_attribute(text: str) -> None:
    inside = element("p", text, title=text).text
    assert inside.startswith('<p title="')
    assert inside.endswith("</p>")
    assert inside.count("<") == 2
    assert inside.count(">") == 2
    assert inside.count('"') == 2


def test_markup_passes_and_text_does_not() -> None:
    assert element("p", Html("<b>yes</b>"), "<b>no</b>").text == "<p><b>yes</b>&lt;b&gt;no&lt;/b&gt;</p>"
    assert join(["a", Html("<i></i>"), "<"], " & ").text == "a &amp; <i></i> &amp; &lt;"


def test_control_characters_and_direction_overrides_become_visible() -> None:
    assert escape("a\x00b\u202ec") == "a\ufffdb\ufffdc"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "JAVASCRIPT:x", " run"]
)
def test_links_that_leave_the_app_are_refused(address: str) -> None:
    with pytest.raises(ValueError, match="link goes neither"):
        element("a", "x", href=address)


@pytest.mark.parametrize("address", ["runs?week=2026-W46", "run", "./", "./?week=x", "?a=b", "https://example.org/"])
def test_links_of_the_app_pass(address: str) -> None:
    assert "href=" in element("a", "x", href=address).text


def test_markdown_of_labels_is_inert() -> None:
    assert plain("$x$ :red[a] **b** <i>") == r"\$x\$ \:red\[a\] \*\*b\*\* \<i\>"


def test_plotly_reads_no_tag() -> None:
    assert (
        plotly_text("<b>x</b> & <a href='javascript:1'>") == "&lt;b&gt;x&lt;/b&gt; &amp; &lt;a href='javascript:1'&gt;"
    )
