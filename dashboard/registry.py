"""The pages, in the order of the navigation. A new page is one row here and one script in app_pages/."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page: the question it answers is also its tooltip."""

    slug: str
    title: str
    question: str
    is_default: bool = False
    is_in_navigation: bool = True

    @property
    def script(self) -> str:
        """The page's script, relative to app.py."""
        return f"app_pages/{self.slug}.py"


PAGES: tuple[PageEntry, ...] = (
    PageEntry("scoreboard", "Scoreboard", "How did our agents do last week, and what changed?", is_default=True),
    PageEntry("runs", "Runs", "Which runs are behind this number?"),
    PageEntry("run", "Run", "Which step of this run went wrong, and why?", is_in_navigation=False),
    PageEntry("replay", "Replay", "What had the agent seen at this step, and what did it do?", is_in_navigation=False),
    PageEntry("compare", "Compare", "What did a run that passed do otherwise?", is_in_navigation=False),
    PageEntry(
        "incidents",
        "Incidents",
        "Which failures are alike, since when, and what did they cost?",
        is_in_navigation=False,
    ),
    PageEntry("economics", "Economics", "What did one finished outcome cost us, and who spent it?"),
    PageEntry("health", "Health", "Did everything that was sent arrive, and can I trust what I see?"),
)
