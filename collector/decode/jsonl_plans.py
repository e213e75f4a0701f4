"""The fields of the JSONL step events: which key each kind of event knows, how it is read, and where it goes.

Source: version 1 of the format, which README.md sets out. A key that a kind does not know is kept with the event.
"""

from dataclasses import dataclass, replace
from enum import IntEnum

from collector.decode import jsonl_fields as fields
from collector.decode.jsonl_fields import Reader, read_word


class Place(IntEnum):
    """Where a value that was read goes."""

    COLUMN = 0
    DETAILS = 1
    ATTRIBUTES = 2
    KEPT = 3
    """Checked, then kept as sent: this kind's ledger table has no column for it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What one kind of event knows: key → (reader, column or member of `details`, place)."""

    kind: str
    table: str
    fields: dict[str, tuple[Reader, str, Place]]
    required: tuple[tuple[str, ...], ...] = (("run_id",),)
    """Columns of which one of each group must be filled, else the event is rejected."""


RUN_WORDS = (
    "agent", "agent_version", "workflow", "workflow_version", "prompt_version",
    "env", "tenant", "team", "user", "session",
)  # fmt: skip
"""Said on any event of a run, they hold for the run."""

_text, _count, _any = fields.read_text, fields.read_count, fields.read_any
_number, _quantity, _instant = fields.read_number, fields.read_quantity, fields.read_instant

_EVERY_EVENT: dict[str, Reader] = {
    "run_id": fields.read_identity,
    "ts": _instant,
    "step": fields.read_integer,
    "step_id": fields.read_identity,
    "parent": fields.read_reference,
    "latency_ms": _quantity,
    "status": read_word("ok", "error"),
    "error": fields.read_error,
    "attempt": fields.read_ordinal,
    **dict.fromkeys(RUN_WORDS, _text),
    # One of the two makes the event what it is; the other, if there, is null.
    "type": _text,
    "final": _text,
}

_CLAIMS: dict[str, tuple[Reader, str, Place]] = {
    "outcome": (_text, "outcome", Place.KEPT),
    "outcome_id": (fields.read_identities, "outcome_id", Place.KEPT),
}
"""What a step or the end of a run says that the run serves: kept with the event, and a row each of their own."""

_ATTRIBUTES = {"attributes": (fields.read_attributes, "attributes", Place.ATTRIBUTES)}

# Columns of ledger.steps whose name is not the field's.
_STEP_COLUMNS = {"step": "step_number", "parent": "parent_step_id", "latency_ms": "duration_ms", "type": "kind"}

_STEP_KINDS: dict[str, dict[str, Reader]] = {
    "model_call": {
        "model": _text,
        "provider": _text,
        "tokens_in": _count,
        "tokens_out": _count,
        "cache_read_tokens": _count,
        "cache_write_tokens": _count,
        "reasoning_tokens": _count,
        "cost_usd": fields.read_cost,
        "service_tier": _text,
        "finish_reason": _text,
        "time_to_first_token_ms": _quantity,
    },
    "tool_call": {
        "tool": _text,
        "call_id": _text,
        "input": fields.read_object,
        "effect": read_word("read", "write", "destructive"),
        "cost_usd": fields.read_cost,
    },
    "retrieval": {"source": _text, "output": fields.read_objects},
    "validator": {"rule": _text},
    "approval": {},
    "escalation": {},
    "ceiling": {},
    "message": {"output": _text},
    "agent": {"name": _text},
    "workflow": {"name": _text},
    "other": {"name": _text},
}

_KIND_COLUMNS = {
    "model": "request_model",
    "tokens_in": "input_tokens",
    "tokens_out": "output_tokens",
    "cost_usd": "reported_cost_usd",
    "tool": "name",
    "source": "name",
    "rule": "name",
}

_KIND_DETAILS: dict[str, dict[str, Reader]] = {
    "tool_call": {"tool_version": _text, "idempotency_key": _text},
    "validator": {
        "rule_version": _text,
        "result": read_word("pass", "fail", "warn"),
        "reason": _text,
        "target": fields.read_reference,
    },
    "approval": {
        "decision": read_word("requested", "granted", "denied", "expired", "auto"),
        "by": _text,
        "requested_by": _text,
        "target": fields.read_reference,
        "tool": _text,
        "input": _any,
        "reason": _text,
        "expires_at": fields.read_instant_text,
    },
    "escalation": {"to": _text, "reason": _text},
    "ceiling": {"limit": _text, "max": _number, "observed": _number, "decision": read_word("allow", "warn", "stop")},
    "message": {"role": read_word("user", "assistant", "system")},
}

NAMED_BY = {
    "model_call": (Place.COLUMN, "request_model"),
    "ceiling": (Place.DETAILS, "limit"),
    "approval": (Place.DETAILS, "tool"),
}
"""Kinds whose `name` is a copy of another of their values."""


def _step_plan(kind: str) -> Plan:
    known = _columns(_EVERY_EVENT, _STEP_COLUMNS) | _columns({"input": _any, "output": _any}, {})
    known |= _columns(_STEP_KINDS[kind], _KIND_COLUMNS)
    known |= {key: (read, key, Place.DETAILS) for key, read in _KIND_DETAILS.get(kind, {}).items()} | _ATTRIBUTES
    return Plan(kind, "steps", known | _CLAIMS)


def _other_plan(kind: str, table: str, own: dict[str, tuple[Reader, str]], *required: tuple[str, ...]) -> Plan:
    known = {key: (read, key, Place.KEPT) for key, read in _EVERY_EVENT.items()}
    known |= _columns({key: _EVERY_EVENT[key] for key in ("run_id", "ts", "type")}, {}) | _ATTRIBUTES
    known |= {key: (read, column, Place.COLUMN) for key, (read, column) in own.items()}
    return Plan(kind, table, known, required)


def _columns(readers: dict[str, Reader], renamed: dict[str, str]) -> dict[str, tuple[Reader, str, Place]]:
    return {key: (read, renamed.get(key, key), Place.COLUMN) for key, read in readers.items()}


_END = _other_plan(
    "final",
    "run_ends",
    {
        "final": (read_word("success", "failure", "escalated", "cancelled"), "declared"),
        "cost_usd": (fields.read_cost, "reported_cost_usd"),
        "total_latency_ms": (_quantity, "total_latency_ms"),
        "claim": (_text, "claim"),
        **{word: (_text, word) for word in RUN_WORDS},
    },
    ("run_id",),
)
FINAL = replace(_END, fields=_END.fields | _CLAIMS)

VERIFICATION = _other_plan(
    "verification",
    "verifications",
    {
        "outcome_id": (fields.read_identity, "outcome_id"),
        "verified": (read_word("success", "failure", "reversed"), "verified"),
        "outcome": (_text, "outcome"),
        "checked_by": (_text, "checked_by"),
        "method": (read_word("system_of_record", "human", "rule", "model_judge"), "method"),
        "checked_at": (_instant, "checked_at"),
        "evidence": (_text, "evidence"),
        "value_usd": (fields.read_dollars, "value_usd"),
        "diff": (fields.read_objects, "diff"),
    },
    ("run_id", "outcome_id"),
    ("verified",),
)

COST = _other_plan(
    "cost",
    "costs",
    {
        "outcome_id": (fields.read_identity, "outcome_id"),
        "kind": (read_word("human", "tool", "infrastructure"), "kind"),
        "amount_usd": (fields.read_cost, "amount_usd"),
        "minutes": (_quantity, "minutes"),
        "note": (_text, "note"),
    },
    ("run_id", "outcome_id"),
    ("kind",),
    ("amount_usd", "minutes"),
)

ANNOTATION = _other_plan(
    "annotation",
    "annotations",
    {
        "step": (fields.read_integer, "step"),
        "step_id": (fields.read_identity, "step_id"),
        "label": (_text, "label"),
        "by": (_text, "annotated_by"),
        "note": (_text, "note"),
    },
    ("run_id",),
)

PLANS: dict[str, Plan] = {
    **{kind: _step_plan(kind) for kind in _STEP_KINDS},
    "verification": VERIFICATION,
    "cost": COST,
    "annotation": ANNOTATION,
}
"""By the event's `type`; an event with `final` and without `type` follows FINAL."""
