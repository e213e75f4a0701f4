"""Keys out of steps, and resolved prices as rows: Arrow on both sides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc

from collector.prices.model import PRICE_NAMES, PriceKey, Resolved
from collector.prices.table import PriceTable

_KEY = ("provider", "model", "service_tier", "day")
# An embedding is a retrieval that names its model.
_CALL_KINDS = pa.array(["model_call", "retrieval"])
_MONEY = pa.decimal128(18, 9)
UNIT_PRICES = pa.schema(
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

RATES = pa.schema(
    [
        ("price_version", pa.string()),
        ("kind", pa.string()),
        ("name", pa.string()),
        ("from_day", pa.date32()),
        ("to_day", pa.date32()),
        ("usd", _MONEY),
        ("source", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Stamped:
    """Under which version a price was resolved, for which delivery (None: for a repricing), and when (UTC, no zone)."""

    price_version: str
    batch_id: int | None
    resolved_at: datetime


_KEY_COLUMNS = ("kind", "provider", "response_model", "request_model", "service_tier", "started_at")


def step_keys(steps: pa.Table) -> set[PriceKey]:
    """The keys of the model calls among rows of ledger.steps; calls that name no model have none."""
    if "kind" not in steps.column_names:
        return set()
    # Only these columns: filtering copies, and steps carry all that was sent.
    needed = steps.select([name for name in _KEY_COLUMNS if name in steps.column_names])
    calls = needed.filter(pc.is_in(_text(needed, "kind"), _CALL_KINDS))
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
    return pa.Table.from_pylist([dict(zip(UNIT_PRICES.names, row, strict=True)) for row in rows], schema=UNIT_PRICES)


def rate_rows(table: PriceTable, price_version: str) -> pa.Table:
    """Rows of prices.rates: tools per call, people per hour."""
    rates: list[tuple[object, ...]] = [
        ("tool", tool.name, tool.from_day, tool.to_day, tool.usd_per_call) for tool in table.tools
    ]
    if table.hourly_rate_usd is not None:
        rates.append(("people", None, None, None, table.hourly_rate_usd))
    rates += [("people", rate.workflow, None, None, rate.usd_per_hour) for rate in table.workflow_rates]
    rows = [(price_version, *rate, "user") for rate in rates]
    return pa.Table.from_pylist([dict(zip(RATES.names, row, strict=True)) for row in rows], schema=RATES)


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
