"""A step event to its rows in ledger.steps and ledger.step_contents."""

from datetime import datetime
from typing import cast

import orjson

from collector.decode.jsonl_doubt import duration_nanos
from collector.decode.jsonl_event import Row, Said, attributes_text, hash_of
from collector.decode.jsonl_lines import BadEvent
from collector.decode.jsonl_plans import NAMED_BY, Place
from collector.model import step_key

# Spans that are no step of an agent leave as `other` with this attribute when their run is exported.
_KIND_ATTRIBUTE = "tachograph.kind"
_NANOS_PER_MICRO = 1_000


def step_row(said: Said, event: Row) -> Row:
    """Row of ledger.steps, with `input` and `output` still in it. Raises BadEvent for a step without an id."""
    row = said.row
    _identify(row)
    _judge(said, event)
    row["content_hash"] = hash_of(said)
    row["step_key"] = step_key(cast("str", row["run_id"]), cast("str", row["step_id"]))
    row["dialect"] = "jsonl"
    if said.plan.kind == "other" and said.attributes.get(_KIND_ATTRIBUTE) == "plumbing":
        row["kind"] = "plumbing"
    _name(said)
    _place_in_time(row)
    row["attributes"] = attributes_text(said)
    if said.details:
        row["details"] = orjson.dumps(said.details).decode()
    return row


def content_row(row: Row, step_row_index: int) -> Row | None:
    """Row of ledger.step_contents, taken out of the step's; None for a step without content.

    A string is stored as it is; any other value as JSON text, and then `field_sources` of the step says "json".
    """
    content: Row = {}
    sources: dict[str, str] = {}
    for key in ("input", "output"):
        value = row.pop(key, None)
        if value is None:
            continue
        if not isinstance(value, str):
            sources[key] = "json"
            value = orjson.dumps(value).decode()
        content[key] = value
    if sources:
        row["field_sources"] = orjson.dumps(sources).decode()
    if not content:
        return None
    same = {key: row.get(key) for key in ("run_id", "step_id", "started_at")}
    return {**content, **same, "step_row": step_row_index}


def keep_order(row: Row, received_at: datetime, line: int) -> None:
    """Steps that say neither a time nor a number keep the order of their lines: a microsecond of ingest time each.

    Counted from the file's first line, so that the chunks of a file stay in order too.
    """
    if row.get("started_at") is None and row.get("step_number") is None:
        row["started_at"] = round(received_at.timestamp() * 1_000_000) + line


def _identify(row: Row) -> None:
    if "step_id" in row:
        return
    if "step_number" not in row:
        raise BadEvent("step: missing (or step_id)")
    row["step_id"] = str(row["step_number"])


def _judge(said: Said, event: Row) -> None:
    row, error = said.row, said.row.pop("error", None)
    row.setdefault("status", "ok" if error is None else "error")
    if isinstance(error, str):
        row["error_message"] = error
    elif isinstance(error, dict):
        row.update({f"error_{key}": error[key] for key in ("type", "message") if error.get(key) is not None})
        if not error.keys() <= {"type", "message"}:
            said.kept["error"] = event["error"]


def _place_in_time(row: Row) -> None:
    end = cast("int | None", row.pop("ts", None))
    if end is None:
        row["time_basis"] = "ingest"
        return
    start = end
    row["end_unix_nano"] = end
    if "duration_ms" in row:
        start = row["start_unix_nano"] = end - duration_nanos(row)
    row["started_at"], row["ended_at"] = start // _NANOS_PER_MICRO, end // _NANOS_PER_MICRO
    row["time_basis"] = "event"


def _name(said: Said) -> None:
    place, source = NAMED_BY.get(said.plan.kind, (Place.COLUMN, "name"))
    name = (said.row if place is Place.COLUMN else said.details).get(source)
    if name is not None:
        said.row["name"] = name
