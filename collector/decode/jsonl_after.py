"""What is said of a run at its end or afterwards: final, verification, cost, annotation; one row of one table each."""

from typing import cast

import orjson

from collector.decode.jsonl_event import Row, Said, attributes_text, hash_of

_TIME_COLUMNS = {
    "run_ends": "declared_at",
    "verifications": "checked_at",
    "costs": "occurred_at",
    "annotations": "annotated_at",
}
_NANOS_PER_MICRO = 1_000


def after_row(said: Said, event: Row) -> Row:
    """Row of the plan's ledger table."""
    row = said.row
    row.pop("type", None)
    time_column = _TIME_COLUMNS[said.plan.table]
    _choose_time(said, event, time_column)
    _point_at_step(said, event)
    # To the microsecond before the hash: the ledger holds no more, and what it holds exports as the same event.
    instant = cast("int | None", row.get(time_column))
    if instant is not None:
        row[time_column] = instant // _NANOS_PER_MICRO
    row["content_hash"] = hash_of(said)
    row["time_basis"] = "ingest" if instant is None else "event"
    if "diff" in row:
        row["diff"] = orjson.dumps(row["diff"]).decode()
    row["attributes"] = attributes_text(said)
    return row


def _choose_time(said: Said, event: Row, time_column: str) -> None:
    """`checked_at` wins over `ts`, which is then kept; without it, `ts` is when it was checked."""
    instant = said.row.pop("ts", None)
    if instant is None:
        return
    if time_column in said.row:
        said.kept["ts"] = event["ts"]
    else:
        said.row[time_column] = instant


def _point_at_step(said: Said, event: Row) -> None:
    """An annotation points at a step by its id, which is its number as text where it has no other."""
    number = said.row.pop("step", None)
    if number is None:
        return
    if said.row.setdefault("step_id", str(number)) != str(number):
        said.kept["step"] = event["step"]
