"""Bills: steps into a store whose unit prices are resolved by a book, their cost out of the product's own SQL."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb

import queries
from collector.prices.book import PriceBook
from collector.prices.columns import Stamped, price_rows
from collector.prices.model import PriceKey
from tests.queries.store import insert

NOW = datetime(2026, 11, 22, 12)  # noqa: DTZ001 (UTC without zone, as the ledger has it)


@dataclass(frozen=True)
class Call:
    model: str
    usage: dict[str, Any]
    provider: str | None = None
    service_tier: str | None = None
    day: str = "2026-11-20"
    time: str = "12:00:00"

    @property
    def key(self) -> PriceKey:
        return PriceKey(self.provider, self.model, self.service_tier, date.fromisoformat(self.day))


def resolve(
    store: duckdb.DuckDBPyConnection, book: PriceBook, calls: Iterable[Call], version: str = "1", batch_id: int = 1
) -> None:
    keys = {call.key for call in calls}
    rows = price_rows(((key, book.resolve(key)) for key in keys), Stamped(version, batch_id, NOW))
    store.register("incoming", rows)
    store.execute(queries.statement("write", "insert_unit_prices").sql)
    store.unregister("incoming")


def steps(calls: Iterable[Call]) -> list[dict[str, Any]]:
    return [
        {
            "run_id": f"r{number}",
            "step_id": "1",
            "kind": "model_call",
            "provider": call.provider,
            "response_model": call.model,
            "service_tier": call.service_tier,
            "started_at": f"{call.day} {call.time}",
            **call.usage,
        }
        for number, call in enumerate(calls)
    ]


def costs(store: duckdb.DuckDBPyConnection, version: str | None = None) -> list[Decimal | None]:
    """The computed cost of each call, in the order in which they were given."""
    sql = (
        "select computed_cost_usd from facts.model_call_costs_as_of($version, '2020-01-01'::timestamp) "
        "order by substr(run_id, 2)::int"
    )
    return [row[0] for row in store.execute(sql, {"version": version}).fetchall()]


def bill(store: duckdb.DuckDBPyConnection, book: PriceBook, call: Call) -> Decimal | None:
    resolve(store, book, [call])
    insert(store, {"steps": steps([call])})
    return costs(store)[0]
