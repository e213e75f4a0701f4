"""`truth.json`: the true figures, what their names mean, and the planted facts."""

from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from sample_data.model import Json
from sample_data.planted import PlantedFacts
from sample_data.truth import Scoreboard
from sample_data.written import Written

_FORMAT = 1
_DEFINITIONS = {
    "week": "ISO week (UTC) of the run's first step",
    "scope": "all: every environment; prod: env prod alone",
    "checked": "runs with at least one verification; the latest one counts",
    "completions_declared": "declared success and not checked",
    "silent_failures": "declared success, verified failure (reversed is counted under verified)",
    "tool_calls": "executed tool calls; each retry is one",
    "cost_usd": "model calls at list price (as reported), reported costs of other steps, amounts of cost events; "
    "minutes without an amount are not in it",
    "unpriced_calls": "model calls that have no list price, and no reported cost either",
    "priced_runs": "runs whose every model call has a list price",
    "duration_ms": "last end minus first start; quantiles interpolate linearly; closed_ leaves open runs out",
    "steps": "without plumbing (HTTP and chain spans)",
}


@dataclass(frozen=True, slots=True)
class TruthFile:
    """What the figures are about: arguments, weeks, the moment after which nothing is known, and the files."""

    seed: int
    scale: float
    weeks: tuple[str, ...]
    as_of: str
    files: tuple[Written, ...]

    def write(self, path: Path, scoreboard: Scoreboard, facts: PlantedFacts) -> Path:
        """Write the file and return its path."""
        document: Json = {
            "format": _FORMAT,
            "seed": self.seed,
            "scale": self.scale,
            "weeks": self.weeks,
            "end_week": self.weeks[-1],
            "as_of": self.as_of,
            "definitions": _DEFINITIONS,
            "files": [asdict(file) for file in self.files],
            "totals": scoreboard.totals(),
            "planted": facts.as_json(),
            "scoreboard": scoreboard.rows(),
        }
        path.write_bytes(orjson.dumps(document, option=orjson.OPT_INDENT_2) + b"\n")
        return path
