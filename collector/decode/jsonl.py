"""JSONL step events, version 1, to the columns of the ledger. Format: step_events.schema.json and README.md."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from collector.decode.jsonl_after import after_row
from collector.decode.jsonl_claims import CLAIMS_SCHEMA, claim_rows
from collector.decode.jsonl_columns import CONTENTS_SCHEMA, SCHEMAS, table
from collector.decode.jsonl_doubt import doubt_times
from collector.decode.jsonl_event import Row, Said, read_event
from collector.decode.jsonl_lines import LINE_MAX_BYTES, BadEvent, json_object, lines
from collector.decode.jsonl_steps import content_row, keep_order, step_row
from collector.decode.otlp_json import decode_line
from collector.errors import InvalidBody
from collector.model import Delivery, Records, Reject, UnmappedKey

_RAW_MAX_BYTES = 64 * 1024
_EXAMPLE_CHARACTERS = 200
_OTLP_KEYS = frozenset({"resourceSpans", "resourceLogs", "resourceMetrics"})


@dataclass(frozen=True, slots=True)
class _Rows:
    """What the lines so far came to."""

    tables: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in SCHEMAS})
    contents: list[Row] = field(default_factory=list)
    claims: list[Row] = field(default_factory=list)
    step_lines: list[bytes] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    unmapped: dict[str, object] = field(default_factory=dict)


def schema_path() -> Path:
    """The published JSON Schema (draft 2020-12) of one line."""
    return Path(__file__).parents[1] / "step_events.schema.json"


def decode_events(deliveries: Sequence[Delivery]) -> Records:
    """Each line of the deliveries to one row of one ledger table, or to one reject; never raises for what a line holds.

    `received` counts the lines that are not blank. Times, units and names are the ledger's.
    """
    rows = _Rows()
    received = tuple(_decode_delivery(rows, index, delivery) for index, delivery in enumerate(deliveries))
    return Records(
        received=received,
        step_contents=table(rows.contents, CONTENTS_SCHEMA),
        outcome_claims=table(rows.claims, CLAIMS_SCHEMA),
        rejects=tuple(rows.rejects),
        unmapped=tuple(_unmapped_key(key, value) for key, value in rows.unmapped.items()),
        raw_step=rows.step_lines.__getitem__,
        **{name: table(rows.tables[name], schema) for name, schema in SCHEMAS.items()},
    )


def _decode_delivery(rows: _Rows, index: int, delivery: Delivery) -> int:
    received = 0
    received_unix_nano = round(delivery.received_at.timestamp() * 1e6) * 1000
    for number, line in lines(delivery):
        received += 1
        event: Row = {}
        try:
            event = json_object(line)
            said = read_event(event)
            doubt_times(said, event, received_unix_nano)
            row = step_row(said, event) if said.plan.table == "steps" else after_row(said, event)
        except BadEvent as bad:
            rows.rejects.append(_reject(index, number, line, event, bad))
            continue
        row["delivery"] = index
        _note_unmapped(rows.unmapped, said)
        if said.kept:
            rows.claims.extend(claim_rows(said, row, len(rows.tables[said.plan.table])))
        if said.plan.table == "steps":
            keep_order(row, delivery.received_at, number)
            _add_content(rows, row)
            rows.step_lines.append(line)
        rows.tables[said.plan.table].append(row)
    return received


def _add_content(rows: _Rows, row: Row) -> None:
    content = content_row(row, len(rows.tables["steps"]))
    if content is not None:
        rows.contents.append(content)


def _note_unmapped(unmapped: dict[str, object], said: Said) -> None:
    for key in said.kept:
        if key not in unmapped and key not in said.plan.fields:
            unmapped[key] = said.kept[key]
    for key in said.attributes:
        if key not in unmapped:
            unmapped[key] = said.attributes[key]


def _unmapped_key(key: str, value: object) -> UnmappedKey:
    text = value if isinstance(value, str) else orjson.dumps(value).decode()
    return UnmappedKey(key, "jsonl", text[:_EXAMPLE_CHARACTERS])


def _looks_like_otlp(event: Row) -> bool:
    return "run_id" not in event and not _OTLP_KEYS.isdisjoint(event)


def _otlp_reason(line: bytes) -> str:
    try:
        decode_line(line)
    except InvalidBody as invalid:
        return f"line: OTLP/JSON that cannot be read: {invalid}"
    return "line: OTLP/JSON among step events: send it to /v1/traces, /v1/logs or /v1/metrics, or import it from a file"


def _reject(index: int, number: int, line: bytes, event: Row, bad: BadEvent) -> Reject:
    run_id, step = event.get("run_id"), event.get("step_id", event.get("step"))
    return Reject(
        delivery=index,
        reason=_otlp_reason(line) if _looks_like_otlp(event) else str(bad),
        raw=line if len(line) <= LINE_MAX_BYTES else line[:_RAW_MAX_BYTES],
        line=number,
        run_id=run_id if isinstance(run_id, str) else None,
        step_id=str(step) if type(step) in (str, int) else None,
    )
