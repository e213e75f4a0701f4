"""The pages on a real collector with sample data: no page fails, and every number leads to as many runs as it says.

SCREENSHOTS_FOLDER names a folder for pictures with all of the sample data, such as the README's.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from html import unescape
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.data import ReadApi
from dashboard.launch import app_path
from tests.dashboard import browser as browsing
from tests.dashboard.conftest import text_of

pytestmark = pytest.mark.slow
PICTURES = os.environ.get("SCREENSHOTS_FOLDER")
SCALE = "1" if PICTURES else "0.05"
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
            [sys.executable, "-m", "sample_data.generate", "--out", str(sample), "--scale", SCALE],
            check=True,
            capture_output=True,
        )
        files = sorted(str(path) for path in sample.glob("*.gz"))
        port = str(urlsplit(address).port)
        subprocess.run(
            [*TACHOGRAPH, "import", *files, "--http-port", port], check=True, capture_output=True, cwd=folder
        )
        yield address


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


def test_every_counted_number_leads_to_as_many_runs(on_collector: ReadApi) -> None:
    text = text_of(opened("scoreboard"))
    checked = 0
    for href, words in LINK.findall(text):
        number = COUNT.fullmatch(words)
        if number:
            asked = dict(parse_qsl(urlsplit(unescape(href)).query))
            found = on_collector.read("runs_count", **asked).frame["runs"].item()
            assert found == int(number[1].replace(",", "")), (words, asked)
            checked += 1
    assert checked >= 10


def test_the_list_opens_a_run_and_the_run_its_steps(on_collector: ReadApi) -> None:
    newest = on_collector.read("runs_page", status="error").frame
    run_id = newest["run_id"][0]
    assert run_id in text_of(opened("runs", status="error"))
    page = opened("run", run=run_id)
    page.button(key="next-error").click().run()
    assert not page.exception
    assert "✕ Error" in text_of(page)


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


@pytest.mark.parametrize("slug", ["scoreboard", "runs", "run", "economics", "health"])
def test_an_empty_store_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slug: str) -> None:
    with collecting(tmp_path) as address:
        monkeypatch.setenv("TACHOGRAPH_API_URL", address)
        page = opened(slug)
        assert "No runs yet" in text_of(page)
        assert page.code[0].value.startswith(f"export OTEL_EXPORTER_OTLP_ENDPOINT={address}")
