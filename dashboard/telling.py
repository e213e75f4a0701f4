"""The one thing that the dashboard tells the collector: a person's judgement of a step, as an annotation event.

It goes the way that all step events go (POST /v1/events, with the dashboard's token), so it is counted, exported and
never overwritten. Whoever can open the dashboard can say it, under the name that they give.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from dashboard.data import RefusedError, api

NDJSON = "application/x-ndjson"
CULPRIT = "culprit"  # the label that calibration learns from (marts.localization_cases)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Who says what of which step."""

    run_id: str
    step_id: str
    label: str
    by: str
    note: str

    def event(self) -> dict[str, str]:
        """As a step event, without an empty note. The collector says when; the same said twice is one."""
        return {"type": "annotation"} | {name: value for name, value in asdict(self).items() if value}


def tell(judgement: Judgement) -> None:
    """Have the collector store it. Raises UnreachableError; RefusedError where it does not take it, with its reason."""
    body = json.dumps(judgement.event(), ensure_ascii=False).encode() + b"\n"
    receipt = json.loads(api().post("/v1/events", body, NDJSON))
    if receipt.get("rejected"):
        reason = "; ".join(str(part) for part in receipt.get("reasons", [])) or "no reason given"
        raise RefusedError(f"the collector did not take the judgement: {reason}", 200, retry=False)
