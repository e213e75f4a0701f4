"""What importing a bill did, as client and collector say it to each other."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Billed:
    """One import: its id, when (UTC), how many lines, what they amount to, how many older lines it took out of force.

    `is_known`: the same file was imported at that time already, and nothing was added now.
    """

    import_id: str
    imported_at: str
    lines: int
    amount_usd: str
    superseded: int
    is_known: bool
