"""Weeks that close: what is frozen, what is refused, and that later arrivals show as restatements with reasons."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.closed import Closed
from collector.errors import QueryError
from collector.store import closing_schedule
from collector.store.closing import close_week, parse_week
from collector.store.closing_schedule import close_due_weeks
from tests.collector.cli_runs import eventually
from tests.collector.store.conftest import StoreAddress
from tests.collector.store.sending import Running, events, running
from tests.examples import examples
from tests.queries.store import read_query

MONDAY = date(2026, 11, 9)
AFTER = datetime(2026, 11, 18, 12, tzinfo=UTC)
Event = dict[str, object]


def close(collector: Running, week_start: date = MONDAY, *, again: bool = False, now: datetime = AFTER) -> Closed:
    follower = collector.pipeline.follower
    return close_week(collector.store, follower, week_start, closed_by="command", again=again, now=now)


def call(run_id: str, step: int, at: str = "2026-11-10T10:00:00Z", cost: float = 0.5) -> Event:
    said: Event = {"run_id": run_id, "step": step, "type": "model_call", "model": "m", "tokens_in": 10, "tokens_out": 5}
    return said | {"ts": at, "cost_usd": cost, "workflow": "refunds"}


def final(run_id: str, declared: str = "success", at: str = "2026-11-10T11:00:00Z") -> Event:
    return {"run_id": run_id, "final": declared, "ts": at}


def check(run_id: str, verified: str, at: str = "2026-11-12T10:00:00Z") -> Event:
    said: Event = {"run_id": run_id, "type": "verification", "verified": verified, "checked_at": at}
    return said | {"checked_by": "billing", "method": "system_of_record"}


def restatements(collector: Running, week_start: date = MONDAY) -> dict[str, dict[str, object]]:
    """What moved, by figure: difference and the reasons that are not 0."""
    names = (
        "late_runs",
        "late_steps",
        "late_ends",
        "late_checks",
        "reversals",
        "late_costs",
        "repricing",
        "definition",
    )
    rows = collector.rows(
        f"select figure, difference, {', '.join(names)} from marts.restatements('{week_start}') where difference <> 0"
    )
    return {
        str(figure): {name: amount for name, amount in zip(("difference", *names), amounts, strict=True) if amount}
        for figure, *amounts in rows
    }


@pytest.fixture
def collector(tmp_path: Path) -> Iterator[Running]:
    with running(str(tmp_path / "a.duckdb")) as collector:
        yield collector


def test_a_closed_week_keeps_its_figures_and_says_why_they_moved(address: StoreAddress) -> None:
    with running(address.url, address.lake_data) as collector:
        before = [call("checked", 1), final("checked"), check("checked", "success"), call("late", 1), final("late")]
        collector.send(events(*before, call("open", 1), call("gone", 1), final("gone"), check("gone", "success")))
        done = close(collector)
        assert (done.week, done.closing, done.closed_by, done.runs) == ("2026-W46", 1, "command", 4)
        later = [check("late", "failure"), final("open", "failure", "2026-11-10T12:00:00Z"), call("new", 1)]
        reversed_later = check("gone", "reversed", "2026-11-14T10:00:00Z")
        people = {"run_id": "checked", "type": "cost", "kind": "human", "amount_usd": 2.5, "ts": "2026-11-10T12:00:00Z"}
        collector.send(events(*later, reversed_later, call("late", 2, cost=0.25), people))
        closed = "select runs, closed, checked, completions_verified, cost_usd from facts.closed_figures"
        assert collector.rows(closed) == [(4, 3, 2, 2, Decimal(2))]
        assert collector.rows("select runs, cost_usd from marts.weekly_shown") == [(4, Decimal(2))]
        assert restatements(collector) == {
            "runs": {"difference": 1, "late_runs": 1},
            "closed": {"difference": 1, "late_ends": 1},
            "checked": {"difference": 1, "late_checks": 1},
            "completions_verified": {"difference": -1, "reversals": -1},
            "completions_declared": {"difference": -1, "late_checks": -1},
            "silent_failures": {"difference": 1, "late_checks": 1},
            "priced": {"difference": 1, "late_runs": 1},
            "priced_completions": {"difference": -2, "late_checks": -1, "reversals": -1},
            "cost_usd": {
                "difference": Decimal("3.25"),
                "late_runs": Decimal("0.5"),
                "late_steps": Decimal("0.25"),
                "late_costs": Decimal("2.5"),
            },
            "priced_cost_usd": {
                "difference": Decimal("3.25"),
                "late_runs": Decimal("0.5"),
                "late_steps": Decimal("0.25"),
                "late_costs": Decimal("2.5"),
            },
        }


def test_a_spend_that_nobody_knew_was_not_nothing(collector: Running) -> None:
    unpriced = {key: value for key, value in call("dark", 1).items() if key != "cost_usd"}
    collector.send(events(unpriced, final("dark")))
    close(collector)
    tool = {"run_id": "dark", "type": "cost", "kind": "tool", "amount_usd": 2, "ts": "2026-11-12T12:00:00Z"}
    collector.send(events(tool))
    collector.pipeline.follower.roll_up()
    found = read_query(collector.store.cursor(), "restatements", {"week": "2026-W46"})
    spend = [[row[key] for key in ("workflow", "closed_value", "value_now", "difference", "effect")] for row in found]
    assert spend == [[None, None, "2", None, "2"], ["refunds", None, "2", None, "2"]]


def test_a_run_that_moves_to_another_workflow_leaves_one_and_joins_the_other(collector: Running) -> None:
    collector.send(events(call("r", 1)))
    close(collector)
    collector.send(events(final("r") | {"workflow": "orders"}))
    found = collector.rows(
        "select workflow, figure, difference from marts.restatements(null) "
        "where late_runs <> 0 and figure = 'cost_usd' and definition = 0 order by workflow"
    )
    assert found == [("orders", "cost_usd", Decimal("0.5")), ("refunds", "cost_usd", Decimal("-0.5"))]


def test_another_way_of_counting_is_no_arrival(collector: Running) -> None:
    collector.send(events(call("r", 1), final("r")))
    close(collector)
    with collector.store.transaction() as cursor:
        cursor.execute("update weeks.runs set tool_calls = 3")
        cursor.execute("update weeks.figures set tool_calls = 3")
    assert restatements(collector) == {"tool_calls": {"difference": -3, "definition": -3}}


def test_a_week_without_runs_closes_too(collector: Running) -> None:
    assert close(collector).runs == 0
    collector.send(events(call("r", 1)))
    assert restatements(collector)["runs"] == {"difference": 1, "late_runs": 1}
    assert collector.rows("select * from marts.weekly_shown") == []


def test_a_week_that_is_not_over_is_refused(collector: Running) -> None:
    with pytest.raises(QueryError, match="2026-W46 is not over: it ends on 2026-11-16 at 00:00 UTC"):
        close(collector, now=datetime(2026, 11, 15, 23, 59, tzinfo=UTC))
    assert close(collector, now=datetime(2026, 11, 16, tzinfo=UTC)).closing == 1


def test_closing_twice_is_refused_unless_meant_and_the_first_stays(collector: Running) -> None:
    collector.send(events(call("r", 1)))
    close(collector)
    collector.send(events(final("r")))
    with pytest.raises(QueryError, match="2026-W46 was closed on 2026-11-18T12:00:00Z by command"):
        close(collector)
    assert close(collector, again=True).closing == 2
    assert collector.rows("select closing, closed from weeks.figures order by closing") == [(1, 0), (2, 1)]
    assert collector.rows("select closing, is_newest from facts.week_closings order by 1") == [(1, False), (2, True)]
    assert restatements(collector) == {}


@pytest.mark.parametrize(
    "text", ["", "46", "2026-46", "2026-W7", "2026-W54", "2025-W53", "2026-W46-1", "2026-W46'; drop"]
)
def test_what_is_no_week_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="is no ISO week"):
        parse_week(text)


def test_the_schedule_closes_what_is_over_and_here_as_long(collector: Running) -> None:
    """Deliveries are committed now, in the clock of the machine; the schedule counts from both, week and commit."""
    collector.send(events(call("r", 1), call("s", 1, "2026-11-02T10:00:00Z")))
    follower, delay = collector.pipeline.follower, timedelta(days=7)
    close_due_weeks(collector.store, follower, delay, datetime.now(UTC) + timedelta(days=6))
    assert collector.rows("select week from weeks.closings") == []
    late = datetime.now(UTC) + timedelta(days=400)
    for _ in range(2):
        close_due_weeks(collector.store, follower, delay, late)
    found = collector.rows("select week, closing, closed_by from weeks.closings order by week")
    assert found == [("2026-W45", 1, "schedule"), ("2026-W46", 1, "schedule")]


@pytest.mark.parametrize(("days", "delays"), [(7, [timedelta(days=7)]), (0, [])])
def test_the_schedule_runs_beside_the_collector_unless_it_is_off(
    collector: Running, monkeypatch: pytest.MonkeyPatch, days: int, delays: list[timedelta]
) -> None:
    asked: list[timedelta] = []
    monkeypatch.setattr(closing_schedule, "close_due_weeks", lambda _store, _follower, delay: asked.append(delay))
    with closing_schedule.closing_weeks(collector.store, collector.pipeline.follower, days):
        eventually(lambda: asked == delays, "the schedule looks once at its start")
    assert asked == delays


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Running, Running]]:
    """Two stores for all examples: each example is a week of its own."""
    folder = tmp_path_factory.mktemp("closing")
    with running(str(folder / "a.duckdb"), gather_s=0) as one, running(str(folder / "b.duckdb"), gather_s=0) as other:
        yield one, other


_WEEKS = iter(range(1000))
_NAMES = ("r1", "r2", "r3")


@st.composite
def told(draw: st.DrawFn) -> tuple[list[Event], list[Event]]:
    """What is told of up to three runs before the closing, and after it; no two things at one time."""
    before: list[Event] = []
    after: list[Event] = []
    for number in range(draw(st.integers(1, 12))):
        run_id = draw(st.sampled_from(_NAMES))
        at = f"T{number:02}:00:00Z"
        event = draw(
            st.sampled_from(
                (
                    call(run_id, number, cost=draw(st.sampled_from([0.1, 0.25]))),
                    final(run_id, draw(st.sampled_from(["success", "failure", "escalated"]))),
                    check(run_id, draw(st.sampled_from(["success", "failure", "reversed"]))),
                    {"run_id": run_id, "type": "cost", "kind": "human", "amount_usd": 1.5},
                    {"run_id": run_id, "step": number, "type": "tool_call", "tool": "t", "workflow": "orders"},
                )
            )
        )
        draw(st.sampled_from((before, after))).append(event | {"ts": at, "checked_at": at})
    return before, after


def _in_week(event: Event, week_start: date) -> Event:
    day = (week_start + timedelta(days=1)).isoformat()
    said = event | {"run_id": f"{week_start}-{event['run_id']}", "ts": f"{day}{event['ts']}"}
    if "verified" in event:
        return said | {"checked_at": said["ts"]}
    return {name: value for name, value in said.items() if name != "checked_at"}


def _send(collector: Running, said: list[Event], batches: int) -> None:
    for batch in range(batches):
        if part := said[batch::batches]:
            collector.send(events(*part))


_CLOSED = "select * exclude (closing) from {} where week_start = '{}' order by all"
_ORDERED = "select * from {}('{}') order by all"


@pytest.mark.slow
@examples(3)
@given(told=told(), data=st.data())
def test_any_order_and_any_batches_give_the_same_closed_week_and_the_same_restatements(
    stores: tuple[Running, Running], told: tuple[list[Event], list[Event]], data: st.DataObject
) -> None:
    week_start = date(2020, 1, 6) + timedelta(weeks=next(_WEEKS))
    before, after = ([_in_week(event, week_start) for event in said] for said in told)
    found = []
    for collector in stores:
        _send(collector, data.draw(st.permutations(before)), data.draw(st.integers(1, 3)))
        close(collector, week_start)
        frozen = [collector.rows(_CLOSED.format(table, week_start)) for table in ("weeks.figures", "weeks.runs")]
        _send(collector, data.draw(st.permutations(after)), data.draw(st.integers(1, 3)))
        moved = [
            collector.rows(_ORDERED.format(view, week_start)) for view in ("marts.restatements", "marts.restated_runs")
        ]
        assert frozen == [collector.rows(_CLOSED.format(t, week_start)) for t in ("weeks.figures", "weeks.runs")]
        assert collector.rows(f"select * from marts.restatements('{week_start}') where definition <> 0") == []
        found.append((frozen, moved))
    assert found[0] == found[1]
