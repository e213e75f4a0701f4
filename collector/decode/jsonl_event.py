"""One event: which kind it is, what it says in the words of the ledger, and the hash of what it says."""

from dataclasses import dataclass
from typing import cast

import orjson

from collector.decode.jsonl_fields import KEPT_FIELDS, WrongField
from collector.decode.jsonl_lines import BadEvent
from collector.decode.jsonl_plans import FINAL, PLANS, Place, Plan
from collector.model import content_hash

Row = dict[str, object]


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
    """Check the event and sort its members to their places. Raises BadEvent for what the format does not allow."""
    plan = _plan_of(event)
    said = Said(plan, {}, {}, {}, {})
    places, kept, known = (said.row, said.details), said.kept, plan.fields
    key = ""
    try:
        for key, value in event.items():
            if key not in known:
                kept[key] = value
            elif value is not None:
                read, name, place = known[key]
                got = read(value)
                if got is None or place is Place.KEPT:
                    kept[key] = value
                elif place is Place.ATTRIBUTES:
                    said.attributes.update(cast("Row", got))
                else:
                    places[place][name] = got
    except WrongField as wrong:
        raise BadEvent(f"{key}: {wrong}") from None
    _require(said)
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
    return content_hash(orjson.dumps(content, default=str, option=orjson.OPT_SORT_KEYS))


def attributes_text(said: Said) -> str | None:
    """JSON for the ledger's `attributes`: the sender's own, and the fields without a column in a reserved member."""
    attributes = {**said.attributes, KEPT_FIELDS: said.kept} if said.kept else said.attributes
    return orjson.dumps(attributes).decode() if attributes else None


def _require(said: Said) -> None:
    for columns in said.plan.required:
        if not any(column in said.row for column in columns):
            raise BadEvent(f"{' or '.join(columns)}: missing")


def _plan_of(event: Row) -> Plan:
    kind, final = event.get("type"), event.get("final")
    if event.get("run_id") is None and event.get("outcome_id") is None:
        raise BadEvent("run_id: missing")
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
