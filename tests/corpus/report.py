"""What each framework's telemetry gives: `python -m tests.corpus.report [FOLDER...]`; named folders in detail.

In the table: `ok` everywhere; `exc n` where the telemetry of n runs lacks it (exceptions/); `WRONG n` in n runs.
"""

import sys

from tests.corpus.compare import Verdict, findings
from tests.corpus.folders import NAMES
from tests.corpus.truth import FIELDS

_SHORT = {name: name.replace("_tokens", "").replace("failed_", "bad_").replace("_calls", "") for name in FIELDS}


def table(names: tuple[str, ...]) -> str:
    """One line a folder, one column a field."""
    lines = [f"{'':42}" + "".join(f"{_SHORT[field]:>12}" for field in FIELDS) + "   other"]
    for name in names:
        cells = "".join(f"{_cell(name, field):>12}" for field in FIELDS)
        lines.append(f"{name:42}{cells}   {_cell(name, None)}")
    return "\n".join(lines)


def _cell(name: str, field: str | None) -> str:
    found = [f for f in findings(name) if (f.field == field if field else f.field not in FIELDS)]
    wrong = sum(f.verdict is Verdict.WRONG for f in found)
    exempt = sum(f.verdict is Verdict.EXCEPTION for f in found)
    return f"WRONG {wrong}" if wrong else f"exc {exempt}" if exempt else "ok"


def differences(name: str) -> str:
    """What is wrong in a folder, a line each."""
    wrong = [f"  {finding}" for finding in findings(name) if finding.verdict is Verdict.WRONG]
    return "\n".join([f"\n{name}", *wrong])


if __name__ == "__main__":
    asked = tuple(name for name in NAMES if not sys.argv[1:] or name in sys.argv[1:])
    parts = [table(asked), *(differences(name) for name in asked if sys.argv[1:])]
    sys.stdout.write("\n".join(parts) + "\n")
