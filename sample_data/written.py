"""What was put into a file: the balance that an import of it has to show."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Written:
    """A file, its lines, its records (spans or events) and how many of those are sent a second time."""

    file: str
    format: str
    lines: int
    records: int
    duplicates: int
