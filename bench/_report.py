"""Figures with their bars: a table for people, JSON for machines, an exit code for `make`."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench._machine import machine


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. `bar`: what it may be at most; None where nothing is asked of it."""

    what: str
    value: float
    unit: str = ""
    bar: float | None = None
    spread: str = ""

    @property
    def is_met(self) -> bool:
        """Whether it is at or below its bar."""
        return self.bar is None or self.value <= self.bar

    def row(self) -> tuple[str, ...]:
        """The figure's line of the table."""
        bar = "" if self.bar is None else f"at most {self.bar:,g}"
        verdict = "" if self.bar is None else "yes" if self.is_met else "NO"
        return self.what, _number(self.value), self.unit, bar, verdict, self.spread


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Aligned columns, as Markdown."""
    widths = [max(len(row[i]) for row in (header, *rows)) for i in range(len(header))]
    lines = [header, ["-" * width for width in widths], *rows]
    return "\n".join("| " + " | ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) + " |" for line in lines)


def run(
    about: str | None,
    measure: Callable[[argparse.Namespace], Sequence[Figure]],
    add_options: Callable[[argparse.ArgumentParser], object] = lambda _parser: None,
) -> None:
    """A measurement's command line: options, machine, table, `--json FILE`; exits 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    add_options(parser)
    options = parser.parse_args()
    here = machine()
    print(here, flush=True)
    figures = measure(options)
    print(table(("figure", "value", "unit", "bar", "met", "runs"), [figure.row() for figure in figures]))
    if options.json:
        said = {"machine": here.as_dict(), "figures": [asdict(f) | {"is_met": f.is_met} for f in figures]}
        options.json.write_text(json.dumps(said, indent=2) + "\n")
    sys.exit(0 if all(figure.is_met for figure in figures) else 1)


def spread(values: Sequence[float]) -> str:
    """All runs, so that a reader sees the noise."""
    return ", ".join(_number(value) for value in values)


def _number(value: float) -> str:
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if abs(value) >= 0.1 else f"{value:.4f}"
