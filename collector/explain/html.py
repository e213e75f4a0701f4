"""A report as one HTML page that needs nothing else: no script, no link, no image, and logged text only as text."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator

from collector.explain.report import NOT_CAPTURED, Block, Fact, Grid, Missing, Paragraph, Quote, Report
from collector.explain.text import QUOTE_CHARACTERS, harmless, shortened

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root{color-scheme:light dark}
body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem;border-bottom:1px solid #8886;padding-bottom:.25rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:0 0 1rem}
dt{color:#777}dd{margin:0;overflow-wrap:anywhere}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#8881;padding:.75rem;border-radius:4px}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.9rem}
th,td{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #8883}
td{overflow-wrap:anywhere;min-width:4rem}.missing{color:#777;font-style:italic}
.warning{border-left:3px solid #b3261e;padding-left:.75rem}
@media(max-width:640px){dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}}
@media print{body{margin:0;max-width:none}}
"""


def as_html(report: Report) -> str:
    """The page; the same report gives the same text. ElementTree escapes every text and attribute."""
    page = ET.Element("html", lang="en")
    head = ET.SubElement(page, "head")
    ET.SubElement(head, "meta", charset="utf-8")
    ET.SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": _POLICY})
    ET.SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    _add(head, "title", report.title)
    # No logged text: what stands in a style element is not escaped.
    ET.SubElement(head, "style").text = _STYLE
    body = ET.SubElement(page, "body")
    _add(body, "h1", report.title)
    for section in report.sections:
        holder = ET.SubElement(body, "section")
        _add(holder, "h2", section.title)
        holder.extend(_blocks(section.blocks))
    return "<!doctype html>\n" + ET.tostring(page, encoding="unicode", method="html") + "\n"


def _add(parent: ET.Element, tag: str, text: str, **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, tag, attributes)
    child.text = harmless(text)
    return child


def _blocks(blocks: tuple[Block, ...]) -> Iterator[ET.Element]:
    facts: ET.Element | None = None
    for block in blocks:
        if isinstance(block, Fact):
            facts = ET.Element("dl") if facts is None else facts
            _add(facts, "dt", block.label)
            _value(facts, "dd", block.value)
            continue
        if facts is not None:
            yield facts
            facts = None
        yield _block(block)
    if facts is not None:
        yield facts


def _block(block: Paragraph | Missing | Quote | Grid) -> ET.Element:
    match block:
        case Paragraph(text, is_warning):
            found = ET.Element("p", {"class": "warning"} if is_warning else {})
            found.text = harmless(text)
        case Missing(text):
            found = ET.Element("p", {"class": "missing"})
            found.text = f"{NOT_CAPTURED}: {harmless(text)}"
        case Quote(label, text):
            found = ET.Element("div")
            _add(found, "p", f"{label}:")
            _add(found, "pre", shortened(harmless(text), QUOTE_CHARACTERS))
        case Grid():
            found = _grid(block)
    return found


def _grid(grid: Grid) -> ET.Element:
    holder = ET.Element("div", {"class": "scroll"})
    table = ET.SubElement(holder, "table")
    heads = ET.SubElement(ET.SubElement(table, "thead"), "tr")
    for column in grid.columns:
        _add(heads, "th", column, scope="col")
    body = ET.SubElement(table, "tbody")
    for row in grid.rows:
        line = ET.SubElement(body, "tr")
        for text in row:
            _value(line, "td", text)
    if grid.left_out:
        _add(holder, "p", f"{grid.left_out:,} more rows are left out.")
    return holder


def _value(parent: ET.Element, tag: str, text: str | None) -> None:
    if text is None:
        _add(parent, tag, NOT_CAPTURED, **{"class": "missing"})
    else:
        _add(parent, tag, text)
