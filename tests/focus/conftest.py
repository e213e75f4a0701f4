"""A small store with a run of every kind of money, and its FOCUS rows."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

import orjson
import pytest

from collector.exports.source import Reads
from collector.model import Delivery, Signal, Source
from collector.pipeline import Pipeline
from collector.prices.book import PriceBook
from collector.prices.reading import read_table
from collector.reader import Reader
from collector.store import open_store
from collector.store.analyses import Analyst

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
PRICES = [{"model": "m", "input_usd_per_mtok": "2", "cache_read_usd_per_mtok": "0.5", "output_usd_per_mtok": "8"}]
CALL = {"step": 1, "type": "model_call", "provider": "vllm", "model": "m", "tokens_in": 1000, "tokens_out": 200}
HOSTILE = '=HYPERLINK("http://x")'
# November 3 UTC, except what says otherwise. Amounts by hand.
EVENTS = [
    # 600 x 2 + 400 x 0.5 + 200 x 8 = 3000 millionths; two tool calls at 0.25; half an hour of a person at 60 an hour.
    {"run_id": "a", **CALL, "cache_read_tokens": 400, "ts": "2026-11-03T10:30:00Z", "workflow": "refunds",
     "agent": "helper", "agent_version": "1.0", "team": "core", "tenant": "acme", "env": "prod"},
    {"run_id": "a", "step": 2, "type": "tool_call", "tool": "search", "cost_usd": 0.25, "ts": "2026-11-03T10:31:00Z"},
    {"run_id": "a", "step": 3, "type": "tool_call", "tool": "search", "cost_usd": 0.25, "ts": "2026-11-03T11:02:00Z"},
    {"run_id": "a", "final": "success", "ts": "2026-11-03T11:03:00Z"},
    {"run_id": "a", "type": "cost", "kind": "human", "minutes": 30, "ts": "2026-11-04T09:00:00Z"},
    {"run_id": "a", "type": "cost", "kind": "infrastructure", "amount_usd": 1.5, "ts": "2026-11-04T09:00:00Z"},
    # Nobody knows this price: in no row, and counted.
    {"run_id": "b", **CALL, "model": "nobody-knows-1", "ts": "2026-10-31T23:30:00Z", "team": "core"},
    {"run_id": "b", "final": "failure", "ts": "2026-10-31T23:31:00Z"},
    # Only reported; the names want to be formulas.
    {"run_id": "c", **CALL, "model": "nobody-knows-2", "cost_usd": 0.1, "ts": "2026-11-03T10:45:00Z",
     "team": HOSTILE, "agent": "@agent", "workflow": "-2+3"},
    # Only the end says what it cost.
    {"run_id": "d", **CALL, "model": "nobody-knows-3", "ts": "2026-10-31T23:59:00Z", "workflow": "refunds"},
    {"run_id": "d", "final": "success", "cost_usd": 0.41, "ts": "2026-11-01T00:02:00Z"},
    # The same hour, agent, model and price as run a, another team.
    {"run_id": "e", **CALL, "ts": "2026-11-03T10:59:59Z", "workflow": "refunds", "agent": "helper",
     "agent_version": "1.0", "tenant": "acme", "env": "prod", "team": "other"},
]  # fmt: skip
NOVEMBER_USD = Decimal("0.003") + Decimal("0.50") + 30 + Decimal("1.5") + Decimal("0.1") + Decimal("0.0036")
OCTOBER_USD = Decimal("0.41")


@pytest.fixture(scope="session")
def source() -> Iterator[Reads]:
    store = open_store(":memory:")
    book = PriceBook(read_table(PRICES, [], "", Decimal(60), "prices of the test"))
    pipeline = Pipeline(store, book=book)
    pipeline.start()
    body = b"\n".join(map(orjson.dumps, EVENTS))
    receipt = pipeline.submit(Delivery(Signal.EVENTS, Source.FILE, body, NOW)).result()
    assert (receipt.stored, receipt.rejected) == (len(EVENTS), 0)
    analyst = Analyst(store, most_s=60)
    yield Reader(store, catch_up=pipeline.follower.catch_up, analyse=analyst.catch_up)
    pipeline.stop()
    store.close()
