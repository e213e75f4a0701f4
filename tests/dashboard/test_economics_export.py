"""The doors out of Economics: the page's days and filters go with each of them."""

from datetime import date

import polars as pl
import pytest

from dashboard.blocks.economics_export import DOORS, command, file_name, parameters
from dashboard.data import ReadApi, RefusedError
from dashboard.economics_view import EconomicsView, Period
from dashboard.links import Filters
from tests.dashboard.conftest import Open, text_of
from tests.dashboard.fake_api import FakeApi

PERIOD = Period("asked", date(2026, 11, 1), date(2026, 11, 30), date(2026, 9, 27), date(2026, 10, 26), False)
VIEW = EconomicsView(PERIOD, Filters(workflow="=w", team="t", from_="2026-11-01", to="2026-11-30"), "outcome", 10, True)
DAYS = {"from": "2026-11-01", "to": "2026-11-30", "workflow": "=w", "env": None, "team": "t"}


def test_every_door_asks_for_the_days_and_filters_of_the_page() -> None:
    assert {door.key: parameters(door, VIEW) for door in DOORS} == {
        "xlsx": {**DAYS, "group": "outcome", "format": "xlsx"},
        "csv": {**DAYS, "group": "outcome", "format": "csv"},
        "parquet": {**DAYS, "group": "outcome", "format": "parquet"},
        "focus-1-2": {**DAYS, "version": "1.2"},
        "focus-1-4": {**DAYS, "version": "1.4"},
    }


def test_a_file_is_named_by_what_it_holds() -> None:
    assert [file_name(door, VIEW) for door in DOORS[2:4]] == [
        "economics-2026-11-01-2026-11-30.zip",
        "focus-1.2-2026-11-01-2026-11-30.zip",
    ]


def test_the_command_names_filters_without_their_values() -> None:
    """A value is logged text: it never stands in something that is meant to be pasted into a shell."""
    assert command(VIEW) == (
        "tachograph export-economics --from 2026-11-01 --to 2026-11-30 --workflow … --team … --group outcome "
        "--out economics.xlsx"
    )


@pytest.mark.usefixtures("api")
def test_the_page_has_the_doors(open_page: Open, api: FakeApi) -> None:
    page = open_page("economics")
    assert "Take the figures away" in text_of(page)
    assert not [name for name, _ in api.asked if name in ("economics", "focus")]  # made only when asked for


def test_a_file_is_asked_of_the_collector_with_what_is_set(api: FakeApi) -> None:
    api.answers["economics"] = pl.DataFrame({"a": [1]})
    body = ReadApi(api.url).download("economics", **parameters(DOORS[0], VIEW))
    assert body
    assert api.last("economics") == {
        name: value for name, value in parameters(DOORS[0], VIEW).items() if value is not None
    }
    with pytest.raises(RefusedError):
        ReadApi(api.url).download("focus", version="1.2")
