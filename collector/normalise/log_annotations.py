"""Evaluation events to annotations: a judgement of a step, and never a verification (semantic conventions, gen_ai)."""

from collections.abc import Sequence

import pyarrow as pa

from collector.decode.any_value import Plain, json_text
from collector.normalise.log_events import FoundLog, as_word

_NAME = "gen_ai.evaluation.name"
_LABELS = ("gen_ai.evaluation.score.label", "gen_ai.evaluation.score.value")
_NOTE = "gen_ai.evaluation.explanation"
_COLUMNS = {
    "log_row": pa.int32(),
    "run_id": pa.string(),
    "step_id": pa.string(),
    "content_hash": pa.uint64(),
    "label": pa.string(),
    "annotated_by": pa.string(),
    "note": pa.string(),
    "attributes": pa.string(),
}


def annotations(judged: Sequence[FoundLog], records: pa.Table) -> pa.Table:
    """Rows of ledger.annotations with `log_row`; `label` is "<what was judged>: <label or score>"."""
    rows = [_row(found) for found in judged]
    columns = [pa.array(values, kind) for values, kind in zip(zip(*rows, strict=True), _COLUMNS.values(), strict=True)]
    of_record = records.take(pa.array([found.row for found in judged]))
    return (
        pa.table(columns, names=list(_COLUMNS))
        .append_column("delivery", of_record.column("delivery"))
        .append_column("annotated_at", of_record.column("occurred_at"))
        .append_column("time_basis", of_record.column("time_basis"))
    )


def _row(found: FoundLog) -> tuple[object, ...]:
    said, sender = found.log.attributes, found.log.sender
    by = sender.resource.get("service.name") or sender.scope_name or None
    note = said.get(_NOTE)
    return (
        found.row,
        found.run_id,
        found.step_id,
        found.log.content_hash,
        _label(said),
        as_word(by),
        note if isinstance(note, str) else None,
        json_text(said),
    )


def _label(said: dict[str, Plain]) -> str | None:
    score = next((word for key in _LABELS if (word := as_word(said.get(key)))), None)
    parts = [part for part in (as_word(said.get(_NAME)), score) if part]
    return ": ".join(parts) or None
