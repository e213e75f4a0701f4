"""docs/frameworks.md: what the telemetry of each framework gives. `python -m tests.corpus.frameworks` writes it.

Made of the recorded folders: a field is captured where it came out as the truth in every run that has something to say
of it, and what is missing has its reason from `exceptions/`.
"""

from pathlib import Path

from tests.corpus.compare import Finding, Verdict, findings
from tests.corpus.folders import NAMES
from tests.corpus.truth import FIELDS

PATH = Path(__file__).parents[2] / "docs" / "frameworks.md"

_TITLES = {
    "runs": "runs",
    "model_calls": "model calls",
    "failed_model_calls": "failed model calls",
    "tool_calls": "tools",
    "failed_tool_calls": "failed tools",
    "input_tokens": "input",
    "output_tokens": "output",
    "cache_read_tokens": "cache read",
    "cache_write_tokens": "cache write",
    "reasoning_tokens": "reasoning",
    "by_model": "by model",
    "agents": "agents",
    "session": "session",
    "user": "user",
    "declared": "how it ended",
}
_HEAD = """# What each framework's telemetry gives

Recorded traffic of real frameworks, sent through the collector and compared with what the runs really did. Written by
`python -m tests.corpus.frameworks`; a test holds it against the recordings.

**yes**: as it really was, in every run. **part**: in some runs, or not wholly. **no**: the instrumentation does not
send it. **-**: nothing to see in these recordings. **?**: not right yet. Below the table stands why something is
missing.
"""


def page() -> str:
    """The whole page."""
    rows = ["| framework | instrumentation | " + " | ".join(_TITLES[field] for field in FIELDS) + " |"]
    rows.append("|---" * (len(FIELDS) + 2) + "|")
    rows += [_row(name) for name in NAMES]
    reasons = [line for name in NAMES for line in _reasons(name)]
    return "\n".join([_HEAD, *rows, "", "## What is missing, and why", "", *reasons, ""])


def _row(name: str) -> str:
    framework, _, instrumentation = name.partition("--")
    cells = [_cell([f for f in findings(name) if f.field == field]) for field in FIELDS]
    return " | ".join([f"| {framework}", instrumentation, *cells]) + " |"


def _cell(found: list[Finding]) -> str:
    verdicts = {finding.verdict for finding in found}
    telling = [finding for finding in found if finding.truth]
    if Verdict.WRONG in verdicts:
        return "?"
    if Verdict.EXCEPTION not in verdicts:
        return "yes" if telling else "-"
    return "no" if telling and all(f.verdict is Verdict.EXCEPTION and not f.seen for f in telling) else "part"


def _reasons(name: str) -> list[str]:
    by_reason: dict[str, dict[str, None]] = {}
    for finding in findings(name):
        if finding.verdict is Verdict.EXCEPTION:
            by_reason.setdefault(finding.reason, {})[_TITLES[finding.field]] = None
    return [f"- {name}: {', '.join(fields)}: {reason}" for reason, fields in by_reason.items()]


if __name__ == "__main__":
    PATH.write_text(page(), "utf-8")
