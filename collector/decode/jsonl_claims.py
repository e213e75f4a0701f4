"""What steps and final events say that their runs serve, to rows of ledger.outcome_claims."""

from typing import cast

import pyarrow as pa

from collector.decode.jsonl_event import Row, Said

CLAIMS_SCHEMA = pa.schema(
    {
        "delivery": pa.int32(),
        "step_row": pa.int32(),
        "end_row": pa.int32(),
        **dict.fromkeys(("run_id", "step_id", "outcome", "outcome_id"), pa.string()),
    }
)
_TABLES_THAT_CLAIM = {"steps": "step_row", "run_ends": "end_row"}


def claim_rows(said: Said, row: Row, carrier: int) -> list[Row]:
    """A row for each outcome that an event names; `carrier` is the event's own row in its table."""
    place = _TABLES_THAT_CLAIM.get(said.plan.table)
    outcome, ids = said.kept.get("outcome"), said.kept.get("outcome_id")
    if place is None or not (outcome or ids):
        return []
    same = {key: row.get(key) for key in ("delivery", "run_id", "step_id")}
    named = cast("list[object]", ids if isinstance(ids, list) and ids else [ids or None])
    return [{**same, place: carrier, "outcome": outcome or None, "outcome_id": one} for one in dict.fromkeys(named)]
