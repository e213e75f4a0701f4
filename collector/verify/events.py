"""Checks as step events, the lines that POST /v1/events and `import` take."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import orjson

from collector.model import Delivery, Signal, Source
from collector.receivers.jsonl_file import FileChunk
from collector.verify.findings import Failed, Finding

_LINES = 1_000


def deliveries(checks: Sequence[Finding], source: str) -> Iterator[FileChunk]:
    """The checks as deliveries; the same checks give the same bytes, so that writing them twice adds nothing."""
    for start in range(0, len(checks), _LINES):
        body = b"\n".join(line(check, source) for check in checks[start : start + _LINES]) + b"\n"
        yield FileChunk(
            Delivery(Signal.EVENTS, Source.FILE, body, datetime.now(UTC), f"verify-outcomes {source}"), len(body), None
        )


def line(check: Finding, source: str) -> bytes:
    """One verification. What is unknown is left out."""
    said = {
        "type": "verification",
        "run_id": check.run_id,
        "outcome_id": check.outcome_id,
        "outcome": check.outcome,
        "verified": check.verified,
        "checked_by": source,
        "method": "system_of_record",
        "checked_at": check.checked_at,
        "value_usd": None if check.value_usd is None else float(check.value_usd),
        "evidence": check.evidence,
        "diff": [_member(failed) for failed in check.diff] or None,
    }
    return orjson.dumps({key: value for key, value in said.items() if value is not None})


def _member(failed: Failed) -> dict[str, object]:
    said: dict[str, object] = {"entity": failed.entity} if failed.entity else {}
    said |= {"field": failed.field, "expected": failed.expected, "actual": failed.actual}
    return said | ({"before": failed.before} if failed.has_before else {})
