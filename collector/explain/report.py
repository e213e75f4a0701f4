"""What a report is made of, before anybody decides how it looks. All text in it is as it was logged: hostile."""

from dataclasses import dataclass

NOT_CAPTURED = "not captured"


@dataclass(frozen=True, slots=True)
class Fact:
    """A named value; None: nobody said it."""

    label: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence of ours, which may hold logged text."""

    text: str
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """What the record does not say."""

    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Logged text of any length, shown as it is and as nothing else."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of short texts; a cell that is None was not said."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    left_out: int = 0


Block = Fact | Paragraph | Missing | Quote | Grid


@dataclass(frozen=True, slots=True)
class Section:
    """A question and its answer."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report."""

    title: str
    sections: tuple[Section, ...]
