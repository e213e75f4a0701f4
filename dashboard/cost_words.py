"""How far a cost is known, in words: one place for every page. Keys are the `cost_status` of runs and steps."""

from __future__ import annotations

from typing import Final

SHORT: Final[dict[str, str]] = {
    "reported": "reported",
    "priced": "priced",
    "partly_priced": "priced in part",
    "unpriced": "unpriced",
    "usage_missing": "no usage",
    "none": "–",
}
LONG: Final[dict[str, str]] = {
    "reported": "reported by the sender",
    "priced": "tokens that the sender told, times unit prices",
    "partly_priced": "the priced part; other model calls have no price or no usage",
    "unpriced": "unpriced: tokens were told, no price is known (enter one in tachograph.toml; Health lists them)",
    "usage_missing": "usage missing: the sender told neither tokens nor cost",
    "none": "nothing in it costs money",
}


def short(status: str | None) -> str:
    """One or two words; empty where there is no status. A status this version does not know is shown as it is."""
    return SHORT.get(status or "", (status or "").replace("_", " "))


def long(status: str | None) -> str:
    """The same as a sentence."""
    return LONG.get(status or "", short(status))
