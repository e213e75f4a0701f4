"""One event: which kind it is, what it says in the words of the ledger, and the hash of what it says."""

from dataclasses import dataclass
from typing import cast

import orjson

from collector.decode.jsonl_fields import KEPT_FIELDS, WrongField
from collector.decode.jsonl_lines import BadEvent
from collector.decode.jsonl_plans import FINAL, PLANS, Place, Plan
from collector.model import content_hash

Row = dict[str, object]

_OTLP_KEYS = ("resourceSpans", "resourceLogs", "resourceMetrics")


@dataclass(frozen=True, slots=True)
class Said:
    """What one event said. `row` is by ledger column (a time still in Unix nanoseconds, JSON still as values)."""

    plan: Plan
    row: Row
    details: Row
    kept: Row
    """Members that have no column, as sent."""
    attributes: Row
    """Members of the sender's own `attributes`."""


def read_event(event: Row) -> Said:
    """Check the event and sort its members to their places. Raises BadEvent for what events.md does not allow."""
    plan = _plan_of(event)
    said = Said(plan, {}, {}, {}, {})
    key = ""
    try:
        for key, value in event.items():
            _put(said, key, value)
    except WrongField as wrong:
        raise BadEvent(f"{key}: {wrong}") from None
    except orjson.JSONEncodeError:
        raise _too_deep() from None
    for columns in plan.required:
        if not any(column in said.row for column in columns):
            raise BadEvent(f"{' or '.join(columns)}: missing")
    return said


def hash_of(said: Said) -> int:
    """Hash of what was said, however it was written: order of keys, white space, form of a time, null for absent."""
    content = {
        "event": said.plan.kind,
        **said.row,
        "details": said.details,
        "attributes": said.attributes,
        "kept": said.kept,
    }
    try:
        return content_hash(orjson.dumps(content, default=str, option=orjson.OPT_SORT_KEYS))
    except orjson.JSONEncodeError:
        raise _too_deep() from None


def attributes_text(said: Said) -> str | None:
    """JSON for the ledger's `attributes`: the sender's own, and the fields without a column in a reserved member."""
    attributes = {**said.attributes, KEPT_FIELDS: said.kept} if said.kept else said.attributes
    return orjson.dumps(attributes).decode() if attributes else None


def _put(said: Said, key: str, value: object) -> None:
    field = said.plan.fields.get(key)
    if field is None:
        said.kept[key] = value
        return
    if value is None:
        return
    read, name, place = field
    got = read(value)
    if got is None or place is Place.KEPT:
        said.kept[key] = value
    elif place is Place.COLUMN:
        said.row[name] = got
    elif place is Place.DETAILS:
        said.details[name] = got
    else:
        said.attributes.update(cast("Row", got))


def _plan_of(event: Row) -> Plan:
    kind, final = event.get("type"), event.get("final")
    if event.get("run_id") is None and event.get("outcome_id") is None:
        raise BadEvent(_no_run_id(event))
    if kind is None and final is None:
        raise BadEvent("type: missing (a step has `type`, the end of a run has `final`)")
    if kind is None:
        return FINAL
    if final is not None:
        raise BadEvent("final: stands in place of `type`, not beside it")
    plan = PLANS.get(kind) if isinstance(kind, str) else None
    if plan is None:
        raise BadEvent(f"type: expected one of {', '.join(PLANS)}, got {str(kind)[:40]!r}")
    return plan


def _no_run_id(event: Row) -> str:
    if any(key in event for key in _OTLP_KEYS):
        return (
            "run_id: missing; the line looks like OTLP/JSON, but it is not a step event and could not be read as OTLP"
        )
    return "run_id: missing"


def _too_deep() -> BadEvent:
    return BadEvent("line: nested deeper than 250 levels")
