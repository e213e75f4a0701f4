"""A report as Markdown in which logged text can be nothing but text: no link, no markup, no end of its fence."""

import re
from collections.abc import Iterator

from collector.explain.report import NOT_CAPTURED, Block, Fact, Grid, Missing, Paragraph, Quote, Report, Section
from collector.explain.text import QUOTE_CHARACTERS, harmless, shortened

# What means something within a line; an underline only at the edge of a word; and what makes a block of a line's start.
_MARKUP = re.compile(
    r"[\\`*\[\]!|~<>&$@]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|://|(?<=[wW]{3})\.|(?<=xmpp):|(?<=mailto):"
    r"|^[#+=-]|(?<=^\d)[.)](?=\s|$)|(?<=^\d\d)[.)](?=\s|$)"
)
_LONG_NUMBER = re.compile(r"^\d{3,9}[.)](?=\s|$)")
_FENCE = re.compile(r"`{3,}")


def as_markdown(report: Report) -> str:
    """The report; the same report gives the same text."""
    parts = [f"# {inline(report.title)}", *(_section(section) for section in report.sections)]
    return "\n\n".join(parts) + "\n"


def inline(text: str) -> str:
    """Logged text within a line: what could be markup, a link or an entity is escaped; line ends become spaces."""
    line = " ".join(harmless(text).split())
    return _LONG_NUMBER.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", _MARKUP.sub(_escaped, line))


def fenced(text: str) -> str:
    """Logged text of several lines in a fence that is longer than any run of backticks in it."""
    body = shortened(harmless(text), QUOTE_CHARACTERS)
    longest = max(map(len, _FENCE.findall(body)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}text\n{body}\n{fence}"


def _escaped(found: re.Match[str]) -> str:
    mark = found[0]
    return {"<": "&lt;", ">": "&gt;", "&": "&amp;", "://": "\\://"}.get(mark, f"\\{mark}")


def _section(section: Section) -> str:
    return "\n\n".join([f"## {inline(section.title)}", *_blocks(section.blocks)])


def _blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    facts: list[str] = []
    for block in blocks:
        if isinstance(block, Fact):
            value = f"*{NOT_CAPTURED}*" if block.value is None else inline(block.value)
            facts.append(f"- **{inline(block.label)}:** {value}")
            continue
        if facts:
            yield "\n".join(facts)
            facts = []
        yield _block(block)
    if facts:
        yield "\n".join(facts)


def _block(block: Paragraph | Missing | Quote | Grid) -> str:
    match block:
        case Paragraph(text, is_warning):
            return f"**Look here:** {inline(text)}" if is_warning else inline(text)
        case Missing(text):
            return f"*{NOT_CAPTURED}:* {inline(text)}"
        case Quote(label, text):
            return f"{inline(label)}:\n\n{fenced(text)}"
        case Grid():
            return _grid(block)


def _grid(grid: Grid) -> str:
    lines = [_row(grid.columns), _row(("---",) * len(grid.columns), is_rule=True), *map(_row, grid.rows)]
    more = f"\n\n{grid.left_out:,} more rows are left out." if grid.left_out else ""
    return "\n".join(lines) + more


def _row(cells: tuple[str | None, ...], *, is_rule: bool = False) -> str:
    texts = cells if is_rule else (f"*{NOT_CAPTURED}*" if text is None else inline(text) for text in cells)
    return f"| {' | '.join(map(str, texts))} |"
