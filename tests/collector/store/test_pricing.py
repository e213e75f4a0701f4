"""Unit prices are resolved in the commit that brings a call, once; changed books make a new version from today on."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from collector.prices.book import PriceBook
from collector.prices.model import Prices
from collector.prices.table import Entry, PriceTable, ToolPrice, WorkflowRate
from tests.collector.store.conftest import StoreAddress
from tests.collector.store.sending import events, running

RESOLVED = "select provider, model, service_tier, day::varchar, source from prices.unit_prices order by all"
COSTS = (
    "select step_id, computed_cost_usd from facts.model_call_costs_as_of(null, '2020-01-01'::timestamp) order by all"
)


def call(step: int, model: str = "gpt-4o", day: str = "2026-11-10", **said: object) -> dict[str, object]:
    return {
        "run_id": "r", "step": step, "type": "model_call", "provider": "openai", "model": model, "tokens_in": 1000,
        "tokens_out": 100, "ts": f"{day}T10:00:00Z",
    } | said  # fmt: skip


def own(model: str, usd: str, hourly: str | None = None) -> PriceBook:
    prices = Prices(input_usd_per_mtok=Decimal(usd), output_usd_per_mtok=Decimal(usd))
    entry = Entry("", model, "", None, None, 0, prices, "test")
    return PriceBook(
        PriceTable((entry,), (ToolPrice("search", Decimal("0.005"), None, None),), hourly and Decimal(hourly))
    )


def test_a_key_is_resolved_once_across_commits_and_restarts(address: StoreAddress) -> None:
    with running(address.url, address.lake_data) as store:
        store.send(events(call(1), call(2), call(3, "nobody-7b")))
        store.send(events(call(4), call(5, day="2026-11-11"), call(6, service_tier="flex")))
    with running(address.url, address.lake_data) as store:
        store.send(events(call(7)))
        assert store.rows(RESOLVED) == [
            ("openai", "gpt-4o", "flex", "2026-11-10", None),
            ("openai", "gpt-4o", None, "2026-11-10", "genai-prices"),
            ("openai", "gpt-4o", None, "2026-11-11", "genai-prices"),
            ("openai", "nobody-7b", None, "2026-11-10", None),
        ]
        assert len(store.rows("select * from prices.versions")) == 1


def test_each_call_has_its_cost_as_soon_as_it_is_stored(address: StoreAddress) -> None:
    """1,000 x 2.50 + 100 x 10 per million; an unknown model has none."""
    with running(address.url, address.lake_data) as store:
        store.send(events(call(1), call(2, "nobody-7b")))
        assert store.rows(COSTS) == [("1", Decimal("0.0035")), ("2", None)]


@pytest.mark.lake
def test_two_collectors_of_one_lake_count_a_price_once(lake: StoreAddress) -> None:
    with running(lake.url, lake.lake_data) as one, running(lake.url, lake.lake_data) as other:
        one.send(events(call(1)))
        other.send(events(call(2)))
        assert one.rows(COSTS) == [("1", Decimal("0.0035")), ("2", Decimal("0.0035"))]


def test_changed_books_hold_from_today_on_and_leave_earlier_days_alone(address: StoreAddress) -> None:
    today = datetime.now(UTC).date()
    yesterday = today - timedelta(days=1)
    said = [call(1, day=str(yesterday)), call(2, day=str(today), ts=f"{today}T00:00:00Z")]
    with running(address.url, address.lake_data) as store:
        store.send(replace(events(*said), received_at=datetime.now(UTC)))
    with running(address.url, address.lake_data, book=own("gpt-4o", "1")) as store:
        assert store.rows(COSTS) == [("1", Decimal("0.0035")), ("2", Decimal("0.0011"))]
        versions = store.rows("select since_day, table_hash = '' from prices.versions order by price_version")
        assert versions == [(date.min, True), (today, False)]
        changes = store.rows("select calls, usd_before, usd_after from prices.repricings")
        assert changes == [(1, Decimal("0.0035"), Decimal("0.0011"))]


def test_the_same_books_make_no_new_version(address: StoreAddress) -> None:
    for _ in range(2):
        with running(address.url, address.lake_data, book=own("acme", "1")) as store:
            assert len(store.rows("select * from prices.versions")) == 1


def test_people_and_tools_have_their_rates(address: StoreAddress) -> None:
    minutes = {"run_id": "r", "type": "cost", "kind": "human", "minutes": 20, "ts": "2026-11-10T11:00:00Z"}
    machine = {"run_id": "r", "type": "cost", "kind": "infrastructure", "minutes": 20, "ts": "2026-11-10T11:00:00Z"}
    tools: list[dict[str, object]] = [
        {
            "run_id": "r",
            "step": 1,
            "type": "tool_call",
            "tool": "search",
            "ts": "2026-11-10T10:00:00Z",
            "status": "error",
        },
        {"run_id": "r", "step": 2, "type": "tool_call", "tool": "search", "ts": "2026-11-10T10:00:01Z", "cost_usd": 9},
        {
            "run_id": "r",
            "step": 3,
            "type": "tool_call",
            "tool": "other",
            "ts": "2026-11-10T10:00:02Z",
            "cost_usd": 0.25,
        },
    ]
    with running(address.url, address.lake_data, book=own("acme", "1", "62.5")) as store:
        store.send(events(minutes, machine, *tools))
        costs = store.rows("select kind, amount_usd, cost_status from facts.costs order by kind")
        assert costs == [("human", Decimal("20.833333333"), "priced"), ("infrastructure", None, "unpriced")]
        assert store.rows("select kind, name, usd from facts.rates_in_force order by kind") == [
            ("people", None, Decimal("62.5")), ("tool", "search", Decimal("0.005"))
        ]  # fmt: skip
        called = store.rows("select tool, cost_usd, cost_status from facts.tool_calls order by step_id")
        assert called == [
            ("search", Decimal("0.005"), "priced"),
            ("search", Decimal("0.005"), "priced"),
            ("other", Decimal("0.25"), "reported"),
        ]
        # 20 minutes at 62.50 an hour, two searches at the user's price, one call of another tool as it was reported.
        totals = (
            "select cost_usd, people_cost_usd, tool_cost_usd, infrastructure_cost_usd, unpriced_costs from facts.runs"
        )
        assert store.rows(totals) == [(Decimal("21.093333333"), Decimal("20.833333333"), Decimal("0.26"), None, 1)]


def test_minutes_on_a_workflow_with_a_rate_of_its_own_are_priced_by_it(address: StoreAddress) -> None:
    """20 minutes each: 100 an hour on desk, 60 elsewhere; an amount that was said stays what it was."""
    minutes = {"type": "cost", "kind": "human", "minutes": 20, "ts": "2026-11-10T11:00:00Z"}
    end = {"final": "success", "ts": "2026-11-10T12:00:00Z"}
    ends = [{"run_id": run, "workflow": name} | end for run, name in (("r1", "desk"), ("r2", "other"))]
    book = PriceBook(PriceTable(hourly_rate_usd=Decimal(60), workflow_rates=(WorkflowRate("desk", Decimal(100)),)))
    with running(address.url, address.lake_data, book=book) as store:
        store.send(events(*({"run_id": run} | minutes for run in ("r1", "r2", "r3"))))
        store.send(events({"run_id": "r1", "type": "cost", "kind": "human", "amount_usd": 1, "minutes": 9}, *ends))
        amounts = store.rows("select run_id, amount_usd, hourly_rate_usd from facts.costs order by all")
        assert amounts == [
            ("r1", Decimal(1), Decimal(100)),
            ("r1", Decimal("33.333333333"), Decimal(100)),
            ("r2", Decimal(20), Decimal(60)),
            ("r3", Decimal(20), Decimal(60)),
        ]
        totals = store.rows("select run_id, people_cost_usd, cost_usd from facts.runs order by run_id")
        assert totals == [("r1", Decimal("34.333333333"), Decimal("34.333333333")), ("r2", Decimal(20), Decimal(20))]
        # What the run is comes later than its minutes: its money is worked out again.
        store.send(events({"run_id": "r2", "workflow": "desk"} | end | {"ts": "2026-11-11T00:00:00Z"}))
        assert store.rows("select people_cost_usd from facts.runs where run_id = 'r2'") == [(Decimal("33.333333333"),)]
        assert store.rows("select amount_usd from facts.costs where run_id = 'r2'") == [(Decimal("33.333333333"),)]
