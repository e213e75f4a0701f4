"""What closing a week did, as client and collector say it to each other."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Closed:
    """One closing: which week, the how-manieth time, when (UTC), by whom, and what its figures rest on.

    `price_version` and `data_to` are None where there were no prices and no data yet.
    """

    week: str
    closing: int
    closed_at: str
    closed_by: str
    price_version: str | None
    data_to: str | None
    runs: int
