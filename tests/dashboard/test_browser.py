"""The pages in a real browser: both widths, both colour schemes, live traffic, a long run, hostile text.

SCREENSHOTS_FOLDER names a folder for pictures of every page; without it none are written.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import polars as pl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.dashboard import browser as browsing
from tests.dashboard import frames
from tests.dashboard.conftest import usual_answers
from tests.dashboard.fake_api import FakeApi
from tests.dashboard.hostile import HOSTILE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not browsing.CHROMIUM.exists(), reason="needs Debian's Chromium: apt-get install chromium"),
]

Scheme = Literal["light", "dark"]
ADDRESSES = {
    "scoreboard": "/",
    "scoreboard-charts": "/?charts=true",
    "runs": "/runs?week=2026-W46&status=silent_failure",
    "run": "/run?run=a9c2f1&step=s2",
    "economics": "/economics",
    "health": "/health",
}
GROUNDS = {"light": "rgb(250, 250, 248)", "dark": "rgb(15, 17, 20)"}


@pytest.fixture(scope="module")
def shared_api() -> Iterator[FakeApi]:
    api = FakeApi()
    yield api
    api.stop()


@pytest.fixture
def answers(shared_api: FakeApi) -> FakeApi:
    shared_api.answers = dict(usual_answers())
    shared_api.data_version += "+"
    return shared_api


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browsing.chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def dashboard(shared_api: FakeApi, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with browsing.dashboard_on(shared_api.url, tmp_path_factory.mktemp("elsewhere")) as address:
        yield address


@pytest.fixture
def tab(chromium: Browser, answers: FakeApi) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def picture(page: Page, name: str) -> None:
    """The whole page as a picture, where SCREENSHOTS_FOLDER asks for pictures."""
    folder = os.environ.get("SCREENSHOTS_FOLDER")
    if folder:
        page.wait_for_function("!document.querySelector('[data-testid=stSkeleton]')")
        width = page.viewport_size["width"] if page.viewport_size else 1440
        page.set_viewport_size(
            {"width": width, "height": page.evaluate("document.querySelector('.stMain').scrollHeight") + 70}
        )
        page.screenshot(path=str(Path(folder) / f"{name}.png"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("name", list(ADDRESSES))
def test_a_page_fits_its_screen_in_its_colours(
    chromium: Browser, dashboard: str, answers: FakeApi, name: str, width: int, scheme: Scheme
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
    page = browsing.settled(context.new_page(), dashboard + ADDRESSES[name])
    assert page.locator(".stException").count() == 0
    assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= width
    assert page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor") == GROUNDS[scheme]
    assert page.get_by_text("Deploy").count() == 0
    picture(page, f"{name}-{width}-{scheme}")
    context.close()


def test_numbers_are_tabular_and_right_aligned(tab: Page, dashboard: str) -> None:
    browsing.settled(tab, dashboard)
    styles = "e => [getComputedStyle(e).textAlign, getComputedStyle(e).fontVariantNumeric]"
    for cell in tab.locator("td.number").all():
        assert cell.evaluate(styles) == ["right", "tabular-nums"]


def test_a_number_opens_its_runs_in_the_same_tab(tab: Page, dashboard: str, answers: FakeApi) -> None:
    answers.answers["runs_count"] = pl.DataFrame({"runs": [1205]})
    browsing.settled(tab, dashboard + "/?env=prod")
    tab.locator("#gauge-completion .value a").click()
    expect(tab.locator("#runs-count")).to_contain_text("1,205 runs")
    assert tab.url.endswith("/runs?week=2026-W46&env=prod&status=completed")


def test_new_data_shows_within_two_seconds(tab: Page, dashboard: str, answers: FakeApi) -> None:
    browsing.settled(tab, dashboard + "/runs")
    expect(tab.locator("#runs-count")).to_have_text("1 run")
    answers.answers["runs_count"] = pl.DataFrame({"runs": [2]})
    answers.answers["data_version"] = usual_answers()["data_version"].with_columns(batch_id=pl.lit(8))
    answers.data_version += "+"
    expect(tab.locator("#runs-count")).to_have_text("2 runs", timeout=2000)


def test_a_click_on_a_bar_selects_its_step(tab: Page, dashboard: str) -> None:
    browsing.settled(tab, dashboard + "/run?run=a9c2f1")
    tab.wait_for_selector(".js-plotly-plot .bars path")
    tab.locator(".js-plotly-plot .bars path").last.click(force=True)
    tab.wait_for_url(re.compile(r"step=s2"))
    expect(tab.locator(".st-key-step-detail")).to_be_visible()


def test_keys_move_between_steps(tab: Page, dashboard: str, answers: FakeApi) -> None:
    browsing.settled(tab, dashboard + "/run?run=a9c2f1")
    tab.keyboard.press("j")
    tab.wait_for_url(re.compile(r"step=s1"))


def test_replay_fits_a_phone_and_moves_by_keys(tab: Page, dashboard: str) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    browsing.settled(tab, dashboard + "/replay?run=a9c2f1&at=7")
    assert tab.evaluate("document.querySelector('.stMain').scrollWidth") <= 390
    picture(tab, "replay-390-light")
    tab.keyboard.press("j")
    tab.wait_for_url(re.compile(r"at=8"))


@pytest.mark.parametrize(("width", "chart", "phone"), [(1440, True, False), (390, False, True)])
def test_on_a_phone_the_waterfall_is_a_list(tab: Page, dashboard: str, width: int, chart: bool, phone: bool) -> None:
    tab.set_viewport_size({"width": width, "height": 844})
    browsing.settled(tab, dashboard + "/run?run=a9c2f1")
    assert tab.locator(".st-key-waterfall-chart").is_visible() is chart
    assert tab.locator(".st-key-waterfall-phone").is_visible() is phone


def test_the_window_of_a_long_run_is_drawn_whole(tab: Page, dashboard: str, answers: FakeApi) -> None:
    steps = [{"step_id": f"s{n}", "row_number": n, "offset_ms": n * 10.0, "total_rows": 30_000} for n in range(1, 61)]
    answers.answers["run_steps"] = frames.rows(frames.STEP, *steps)
    browsing.settled(tab, dashboard + "/run?run=a9c2f1")
    expect(tab.locator("#window-rows")).to_have_text("Rows 1 to 60 of 30,000; 29,940 not shown here")
    tab.wait_for_selector(".js-plotly-plot .bars path")
    assert tab.locator(".js-plotly-plot .bars path").count() == 60


@pytest.mark.parametrize("path", ["/runs", "/run?run=a9c2f1&step=s1", "/health"])
def test_hostile_text_does_nothing_in_the_browser(tab: Page, dashboard: str, answers: FakeApi, path: str) -> None:
    text = " ".join(HOSTILE)
    for name in ("runs_page", "run_header", "run_step", "run_steps", "health_rejects", "health_unmapped"):
        said = answers.answers[name]
        assert isinstance(said, pl.DataFrame)
        places = [
            column for column, kind in said.schema.items() if kind == pl.String and column not in ("kind", "status")
        ]
        answers.answers[name] = said.with_columns([pl.lit(text).alias(column) for column in places])
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    browsing.settled(tab, dashboard + path)
    tab.wait_for_timeout(500)
    assert "owned" not in tab.title()
    assert tab.locator(".stHtml img, .stHtml script").count() == 0
    assert all(url.startswith((dashboard, "ws", "data:", "blob:")) for url in asked)
