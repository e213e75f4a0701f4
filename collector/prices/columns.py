"""Keys out of steps, and resolved prices as rows: Arrow on both sides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc

from collector.prices.model import PRICE_NAMES, PriceKey, Resolved

_KEY = ("provider", "model", "service_tier", "day")
_MONEY = pa.decimal128(18, 9)
_ROWS = pa.schema(
    [
        ("price_version", pa.string()),
        ("provider", pa.string()),
        ("model", pa.string()),
        ("service_tier", pa.string()),
        ("day", pa.date32()),
        ("min_input_tokens", pa.int64()),
        ("max_input_tokens", pa.int64()),
        ("from_second", pa.int64()),
        ("to_second", pa.int64()),
        *((name, _MONEY) for name in PRICE_NAMES),
        ("source", pa.string()),
        ("source_version", pa.string()),
        ("price_provider", pa.string()),
        ("price_model", pa.string()),
        ("price_since", pa.date32()),
        ("is_before_first_price", pa.bool_()),
        ("note", pa.string()),
        ("batch_id", pa.int64()),
        ("resolved_at", pa.timestamp("us")),
    ]
)


@dataclass(frozen=True, slots=True)
class Stamped:
    """Under which version a price was resolved, for which delivery (None: for a repricing), and when (UTC, no zone)."""

    price_version: str
    batch_id: int | None
    resolved_at: datetime


def step_keys(steps: pa.Table) -> set[PriceKey]:
    """The keys of the model calls among rows of ledger.steps; calls that name no model have none."""
    if "kind" not in steps.column_names:
        return set()
    calls = steps.filter(pc.equal(_text(steps, "kind"), "model_call"))
    model = pc.coalesce(_text(calls, "response_model"), _text(calls, "request_model"))
    columns = [
        _text(calls, "provider"),
        model,
        _text(calls, "service_tier"),
        calls.column("started_at").cast(pa.date32()),
    ]
    return table_keys(pa.table(columns, names=_KEY).filter(pc.is_valid(model)).group_by(list(_KEY)).aggregate([]))


def table_keys(keys: pa.Table) -> set[PriceKey]:
    """Rows of provider, model, service_tier, day."""
    return {PriceKey(*row) for row in zip(*(keys.column(name).to_pylist() for name in _KEY), strict=True)}


def price_rows(resolved: Iterable[tuple[PriceKey, Resolved]], stamped: Stamped) -> pa.Table:
    """Rows of prices.unit_prices."""
    rows = [row for key, found in resolved for row in _rows_of(key, found, stamped)]
    return pa.Table.from_arrays(
        [pa.array(column, kind) for column, kind in zip(zip(*rows, strict=True), _ROWS.types, strict=True)]
        if rows
        else [pa.array([], kind) for kind in _ROWS.types],
        schema=_ROWS,
    )


def _rows_of(key: PriceKey, found: Resolved, stamped: Stamped) -> Sequence[tuple[object, ...]]:
    return [
        (
            stamped.price_version,
            key.provider,
            key.model,
            key.service_tier,
            key.day,
            band.min_input_tokens,
            band.max_input_tokens,
            band.from_second,
            band.to_second,
            *(getattr(band.prices, name) for name in PRICE_NAMES),
            found.source,
            found.source_version,
            found.price_provider,
            found.price_model,
            found.price_since,
            found.is_before_first_price,
            found.note,
            stamped.batch_id,
            stamped.resolved_at,
        )
        for band in found.bands
    ]


def _text(table: pa.Table, name: str) -> pa.ChunkedArray | pa.Array:
    if name not in table.column_names:
        return pa.nulls(len(table), pa.string())
    return table.column(name).cast(pa.string())
