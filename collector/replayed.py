"""How a replay of rejects ended, as client and collector say it to each other."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many rejects were sent again, and how they ended."""

    replayed: int = 0
    stored: int = 0
    duplicate: int = 0
    conflict: int = 0
    rejected: int = 0
