"""Cost and usage as FOCUS rows (FinOps Open Cost and Usage Specification) with the metadata that goes beside them.

Source: FOCUS 1.2 (2025-05-29) and 1.4 (2026-06-04): Cost and Usage dataset, metadata (FOCUS-07).
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from collector.errors import StoreUnavailable, TachographError
from collector.exports.asked import Asked
from collector.exports.economics import ESTIMATES
from collector.exports.source import Reads, whole
from collector.formats import Answer, Format, encode, json_default, plain_digits
from collector.version import VERSION

_ATTEMPTS = 5


class FocusVersion(StrEnum):
    """The versions of the specification that rows can be written in."""

    V1_2 = "1.2"
    V1_4 = "1.4"


@dataclass(frozen=True, slots=True)
class Totals:
    """What the page says of the same days and filters: its spend, and what is in no amount."""

    spend_usd: Decimal
    runs: int
    unpriced_calls: int
    usage_missing_calls: int
    unpriced_costs: int


@dataclass(frozen=True, slots=True)
class FocusExport:
    """The rows, and the metadata file."""

    data: bytes
    metadata: bytes
    rows: int
    totals: Totals


def focus(source: Reads, asked: Asked, version: FocusVersion, format_: Format, now: datetime) -> FocusExport:
    """The rows of the days asked for; their sum is the page's spend, or there is no export.

    Raises StoreUnavailable where the data moved under each attempt, and what reads raise.
    """
    for _ in range(_ATTEMPTS):
        rows = whole(source, f"focus_{version.value.replace('.', '_')}", asked.parameters)
        headline = whole(source, "economics_headline", asked.parameters)
        totals = _totals(headline)
        if _sum(rows.table) == totals.spend_usd:
            answer = Answer(rows.query, _in_utc(rows.table), False, rows.row_limit, rows.data_version, rows.parameters)
            said = metadata(asked, version, answer, totals, now)
            return FocusExport(
                encode(answer, format_), orjson.dumps(said, default=json_default, option=2), rows.table.num_rows, totals
            )
        if _committed(rows) == _committed(headline):
            raise TachographError(
                f"the FOCUS rows add up to {_sum(rows.table)} USD and the spend is {totals.spend_usd}: a mistake of "
                "this product; nothing was exported"
            )
    raise StoreUnavailable("data came in between the reads of the export each time; try again in a moment")


def metadata(asked: Asked, version: FocusVersion, rows: Answer, totals: Totals, now: datetime) -> dict[str, Any]:
    """The metadata file: whose data, which specification, which columns, and what the rows rest on."""
    columns = [_column(field) for field in rows.table.schema]
    schema_id = hashlib.sha256(orjson.dumps([version.value, columns])).hexdigest()[:16]
    prices = sorted(set(rows.table.column("x_PriceVersion").drop_null().to_pylist()))
    return {
        "DataGenerator": {"DataGenerator": "Tachograph", "DataGeneratorVersion": VERSION},
        "Schema": {
            "SchemaId": f"tachograph-focus-{version.value}-{schema_id}",
            "FocusVersion": version.value,
            "DataGeneratorVersion": VERSION,
            "CreationDate": _moment(now),
            "ColumnDefinition": columns,
        },
        "x_Export": {
            "GeneratedAt": _moment(now),
            "ChargePeriodStart": f"{asked.first_day}T00:00:00Z",
            "ChargePeriodEnd": f"{asked.end}T00:00:00Z",
            "Filters": dict(asked.narrowed),
            "BillingCurrency": "USD",
            "DataVersion": rows.data_version,
            "PriceVersions": prices,
            "Rows": rows.table.num_rows,
            "EffectiveCost": plain_digits(totals.spend_usd),
            "Runs": totals.runs,
            "NotInTheRows": {
                "UnpricedModelCalls": totals.unpriced_calls,
                "ModelCallsWithoutUsage": totals.usage_missing_calls,
                "CostsWithoutAmount": totals.unpriced_costs,
            },
            "Amounts": ESTIMATES,
        },
    }


def _totals(headline: Answer) -> Totals:
    spend = next((row for row in headline.table.to_pylist() if row["metric"] == "spend"), None)
    if spend is None:
        return Totals(Decimal(0), 0, 0, 0, 0)
    counts = (spend[name] for name in ("runs", "unpriced_calls", "usage_missing_calls", "unpriced_costs"))
    return Totals(spend["amount_usd"] or Decimal(0), *counts)


def _sum(rows: pa.Table) -> Decimal:
    total: Decimal | None = pc.sum(rows.column("EffectiveCost")).as_py()
    return total or Decimal(0)


def _committed(answer: Answer) -> list[str]:
    """How far the data of an answer goes; reads that rest on analyses say a third part."""
    return answer.data_version.split(".")[:2]


def _in_utc(table: pa.Table) -> pa.Table:
    fields = [
        pa.field(field.name, pa.timestamp("us", "UTC") if pa.types.is_timestamp(field.type) else field.type)
        for field in table.schema
    ]
    return table.cast(pa.schema(fields))


def _column(field: pa.Field) -> dict[str, object]:
    kind = field.type
    said: dict[str, object] = {"ColumnName": field.name}
    if pa.types.is_timestamp(kind):
        return {**said, "DataType": "DATETIME"}
    if pa.types.is_decimal(kind):
        return {**said, "DataType": "DECIMAL", "NumericPrecision": kind.precision, "NumberScale": kind.scale}
    return {
        **said,
        "DataType": "JSON" if field.name in ("Tags", "SkuPriceDetails") else "STRING",
        "StringEncoding": "UTF-8",
    }


def _moment(now: datetime) -> str:
    return f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
