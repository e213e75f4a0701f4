"""What a repricing did, as client and collector say it to each other."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Repriced:
    """The new price version, the one before (None: there was none), the day from which it holds, and its books."""

    price_version: str
    price_version_before: str | None
    since_day: str
    what: str
