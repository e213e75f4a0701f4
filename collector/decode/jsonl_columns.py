"""Rows of the step events to Arrow tables: one pass a column. The columns are those of the ledger's tables."""

from collections.abc import Sequence
from operator import itemgetter

import pyarrow as pa

from collector.decode.jsonl_event import Row
from collector.decode.jsonl_plans import RUN_WORDS

_TIME, _KEY, _MONEY = pa.timestamp("us"), pa.uint64(), pa.decimal128(18, 9)
_TEXT, _INTEGER, _NUMBER = pa.string(), pa.int64(), pa.float64()


def _schema(texts: str, **others: pa.DataType) -> pa.Schema:
    columns = {**dict.fromkeys(texts.split(), _TEXT), **others}
    return pa.schema({"delivery": pa.int32(), **columns})


_RUN_WORDS = " ".join(RUN_WORDS)
_TOKENS = ("input_tokens", "output_tokens", "cache_read_tokens", "cache_write_tokens", "reasoning_tokens")

SCHEMAS: dict[str, pa.Schema] = {
    "steps": _schema(
        f"run_id step_id parent_step_id dialect kind name {_RUN_WORDS} time_basis status error_type error_message "
        "finish_reason provider request_model service_tier call_id effect details field_sources attributes",
        step_key=_KEY,
        content_hash=_KEY,
        started_at=_TIME,
        ended_at=_TIME,
        duration_ms=_NUMBER,
        start_unix_nano=_KEY,
        end_unix_nano=_KEY,
        reported_cost_usd=_MONEY,
        time_to_first_token_ms=_NUMBER,
        **dict.fromkeys(("step_number", "attempt", *_TOKENS), _INTEGER),
    ),
    "run_ends": _schema(
        f"run_id declared time_basis {_RUN_WORDS} claim attributes",
        content_hash=_KEY,
        declared_at=_TIME,
        reported_cost_usd=_MONEY,
        total_latency_ms=_NUMBER,
    ),
    "verifications": _schema(
        "run_id outcome_id verified outcome checked_by method time_basis evidence diff attributes",
        content_hash=_KEY,
        checked_at=_TIME,
        value_usd=_MONEY,
    ),
    "costs": _schema(
        "run_id outcome_id kind note time_basis attributes",
        content_hash=_KEY,
        amount_usd=_MONEY,
        minutes=_NUMBER,
        occurred_at=_TIME,
    ),
    "annotations": _schema(
        "run_id step_id label annotated_by note time_basis attributes", content_hash=_KEY, annotated_at=_TIME
    ),
}

CONTENTS_SCHEMA = pa.schema(
    {
        "step_row": pa.int32(),
        "run_id": _TEXT,
        "step_id": _TEXT,
        "started_at": _TIME,
        "input": _TEXT,
        "output": _TEXT,
    }
)


def table(rows: Sequence[Row], schema: pa.Schema) -> pa.Table | None:
    """The rows as one table; None where there are none."""
    if not rows:
        return None
    # Row by row, not column by column: each row's dictionary comes into the cache once instead of once a column.
    absent = dict.fromkeys(schema.names)
    values = zip(*map(itemgetter(*schema.names), ({**absent, **row} for row in rows)), strict=True)
    return pa.Table.from_arrays([pa.array(*column) for column in zip(values, schema.types, strict=True)], schema=schema)
