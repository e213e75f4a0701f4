"""The pages on a real collector with sample data: no page fails, and every number leads to as many runs as it says.

SCREENSHOTS_FOLDER names a folder for pictures with all of the sample data, such as the README's.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qsl, urlsplit

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.data import ReadApi
from dashboard.economics_view import GROUPS, EconomicsView, days_of, periods
from dashboard.launch import app_path
from dashboard.links import Filters
from tests.dashboard import browser as browsing
from tests.dashboard.conftest import text_of

pytestmark = pytest.mark.slow
PICTURES = os.environ.get("SCREENSHOTS_FOLDER")
SCALE = "1" if PICTURES else "0.05"
END_WEEK = "2026-W46"
TACHOGRAPH = (sys.executable, "-c", "from collector.cli import main; main()")
LINK = re.compile(r'<a href="(runs\?[^"]*)"[^>]*>(.*?)</a>')
COUNT = re.compile(r"([\d,]+)( runs?)?")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def collecting(folder: Path) -> Iterator[str]:
    """A collector with a fresh store in the folder; its address."""
    port = free_port()
    log = (folder / "collector.log").open("wb")
    flags = ["--store", str(folder / "t.duckdb"), "--http-port", str(port), "--grpc-port", str(free_port())]
    process = subprocess.Popen([*TACHOGRAPH, "collect", *flags], cwd=folder, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            assert process.poll() is None, (folder / "collector.log").read_text()
            with suppress(OSError), urllib.request.urlopen(f"{address}/api/v1/queries", timeout=1):  # noqa: S310
                break
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(30)
        log.close()


@pytest.fixture(scope="module")
def collector(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A collector that holds a twentieth of the sample data, or all of it for pictures."""
    folder = tmp_path_factory.mktemp("collector")
    with collecting(folder) as address:
        sample = folder / "sample"
        subprocess.run(
            [
                sys.executable,
                "-m",
                "sample_data.generate",
                "--out",
                str(sample),
                "--scale",
                SCALE,
                "--end-week",
                END_WEEK,
            ],
            check=True,
            capture_output=True,
        )
        files = sorted(str(path) for path in sample.glob("*.gz"))
        port = str(urlsplit(address).port)
        subprocess.run(
            [*TACHOGRAPH, "import", *files, "--http-port", port], check=True, capture_output=True, cwd=folder
        )
        yield address


@pytest.fixture(scope="module")
def truth(collector: str, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What was planted in the data that the collector holds."""
    (path,) = tmp_path_factory.getbasetemp().glob("collector[0-9]/sample/truth.json")
    return json.loads(path.read_text())


@pytest.fixture
def on_collector(collector: str, monkeypatch: pytest.MonkeyPatch) -> ReadApi:
    monkeypatch.setenv("TACHOGRAPH_API_URL", collector)
    return ReadApi(collector, os.environ.get("TACHOGRAPH_TOKEN"))


def opened(slug: str, **parameters: str) -> AppTest:
    test = AppTest.from_file(str(app_path()), default_timeout=60)
    if slug != "scoreboard":
        test.switch_page(f"app_pages/{slug}.py")
    for name, value in parameters.items():
        test.query_params[name] = value
    test.run()
    assert not test.exception, test.exception
    assert "notice bad" not in text_of(test)
    return test


def asked_by(href: str) -> dict[str, str]:
    """What the list of runs asks when it is opened at this address: its `to` is a day, that of the read a moment."""
    given = dict(parse_qsl(urlsplit(unescape(href)).query))
    return Filters(**{"from_" if name == "from" else name: value for name, value in given.items()}).asked()


@pytest.mark.parametrize(("slug", "parameters"), [("scoreboard", {}), ("economics", {"over-time": "true"})])
def test_every_counted_number_leads_to_as_many_runs(
    on_collector: ReadApi, slug: str, parameters: dict[str, str]
) -> None:
    text = text_of(opened(slug, **parameters))
    checked = 0
    for href, words in LINK.findall(text):
        number = COUNT.fullmatch(words)
        if number:
            asked = asked_by(href)
            found = on_collector.read("runs_count", **asked).frame["runs"].item()
            assert found == int(number[1].replace(",", "")), (words, asked)
            checked += 1
    assert checked >= 10


@pytest.mark.parametrize("group", list(GROUPS))
def test_every_dimension_sums_to_the_headline_and_opens_its_runs(on_collector: ReadApi, group: str) -> None:
    period = periods(on_collector.read("economics_periods").frame)[0]
    view = EconomicsView(period, Filters(**days_of(period)), group, top=4, is_compared=True)
    spent = on_collector.read("economics_headline", **view.asked()).frame["amount_usd"][0]
    rows = on_collector.read("economics_breakdown", **view.grouped(), top=view.top).frame
    over_time = on_collector.read("economics_over_time", **view.grouped()).frame
    assert spent > 0
    assert rows["cost_usd"].sum() == spent
    for is_total in (True, False):
        assert over_time.filter((pl.col("row_kind") == "total") == is_total)["cost_usd"].sum() == spent
    for row in rows.filter(pl.col("row_kind") != "other").iter_rows(named=True):
        if door := view.runs_of(row["value"]):
            assert on_collector.read("runs_count", **asked_by(door)).frame["runs"].item() == row["runs"], row


def test_the_money_of_a_model_is_its_tokens_times_its_prices(on_collector: ReadApi) -> None:
    days = {"from": "2026-10-19", "to": "2026-11-16"}
    rows = on_collector.read("economics_price_rows", **days).frame
    by_model = on_collector.read("economics_breakdown", group="model", top=99, **days).frame
    sums = dict(rows.group_by("model").agg(pl.col("cost_usd").sum()).iter_rows())
    named = by_model.filter(pl.col("row_kind") == "value")
    assert {row["value"]: row["cost_usd"] or 0 for row in named.iter_rows(named=True)} == sums
    priced = rows.filter(pl.col("cost_status") == "priced")
    assert priced.height >= 10
    for row in priced.iter_rows(named=True):
        assert abs(row["product_usd"] - row["cost_usd"]) <= row["calls"] * Decimal("1e-9"), row
        assert row["source"], row


def test_the_planted_loop_is_found_by_its_days_and_money(on_collector: ReadApi, truth: Any) -> None:
    planted = truth["planted"]["money_loop"]
    days = {"from": "2026-10-05", "to": "2026-10-12"}
    found = on_collector.read("economics_anomalies", min_usd=0.1, **days).frame.row(0, named=True)
    assert found["workflow"] == planted["workflow"]
    assert {str(found["first_day"]), str(found["last_day"])} <= set(planted["days"])
    run_ids = set(planted["run_ids"])
    runs = on_collector.read("runs_page", workflow="crm-cleanup", page_size=500, **days).frame
    on_those_days = runs.filter(pl.col("started_at").dt.date().is_between(found["first_day"], found["last_day"]))
    looped = on_those_days.filter(pl.col("run_id").is_in(run_ids))["cost_usd"].sum()
    assert found["impact_usd"] == pytest.approx(float(looped), rel=0.1)


def test_the_list_opens_a_run_and_the_run_its_steps(on_collector: ReadApi) -> None:
    newest = on_collector.read("runs_page", status="error").frame
    run_id = newest["run_id"][0]
    assert run_id in text_of(opened("runs", status="error"))
    page = opened("run", run=run_id)
    page.button(key="next-error").click().run()
    assert not page.exception
    assert "✕ Error" in text_of(page)


def test_a_planted_failure_is_named_on_its_page_and_replay_leads_to_it(on_collector: ReadApi, truth: Any) -> None:
    planted = truth["planted"]["silent_refunds"]
    run_id = planted["run_ids"][0]
    for _ in range(100):  # what came last is worked out last
        if not (culprits := on_collector.read("run_culprits", run_id=run_id).frame).is_empty():
            break
        time.sleep(0.3)
    position = culprits["position"][0]
    assert f">step {position} {planted['tool']}</a>" in text_of(opened("run", run=run_id))
    page = opened("replay", run=run_id)
    page.button(key="replay-culprit").click().run()
    assert page.query_params["at"] == str(position)
    assert f"</span> {planted['tool']}</h2>" in text_of(page)


@pytest.mark.browser
@pytest.mark.skipif(not browsing.CHROMIUM.exists(), reason="needs Debian's Chromium: apt-get install chromium")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_worst_week_and_its_run_in_a_browser(
    on_collector: ReadApi, tmp_path: Path, scheme: Literal["light", "dark"]
) -> None:
    failed = on_collector.read("runs_page", status="silent_failure", workflow="refund-support").frame
    week = failed["week"].value_counts(sort=True)["week"][0]
    run_id = failed.filter(failed["week"] == week)["run_id"][0]
    pages = {"scoreboard": f"/?week={week}", "runs": f"/runs?week={week}", "run": f"/run?run={run_id}"}
    with browsing.chromium() as chromium, browsing.dashboard_on(on_collector.url, tmp_path) as address:
        page = chromium.new_page(viewport={"width": 1440, "height": 900}, color_scheme=scheme)
        for name, path in pages.items():
            browsing.settled(page, address + path)
            assert page.locator(".stException, .notice.bad").count() == 0
            if PICTURES:
                page.wait_for_timeout(500)
                page.screenshot(path=str(Path(PICTURES) / f"sample-{name}-{scheme}.png"))


def test_health_balances(on_collector: ReadApi) -> None:
    assert "✓ 0 missing" in text_of(opened("health"))


@pytest.mark.parametrize("slug", ["scoreboard", "runs", "run", "replay", "economics", "health"])
def test_an_empty_store_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slug: str) -> None:
    with collecting(tmp_path) as address:
        monkeypatch.setenv("TACHOGRAPH_API_URL", address)
        page = opened(slug)
        assert "No runs yet" in text_of(page)
        assert page.code[0].value.startswith(f"export OTEL_EXPORTER_OTLP_ENDPOINT={address}")
