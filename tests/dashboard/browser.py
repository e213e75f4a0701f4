"""A headless Chromium and a running dashboard, for the browser tests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
SILENT = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; none is ever downloaded."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=SILENT)
        yield browser
        browser.close()


@contextmanager
def dashboard_on(api_url: str, folder: Path) -> Iterator[str]:
    """The dashboard as `python -m dashboard`, started from a foreign folder; its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = (folder / "dashboard.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "dashboard", "--port", str(port)],
        cwd=folder,
        env=dict(os.environ) | {"TACHOGRAPH_API_URL": api_url},
        stdout=log,
        stderr=log,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/_stcore/health", process)
        yield address
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None, "the dashboard ended before it answered"
        with suppress(OSError), urllib.request.urlopen(address, timeout=1):  # noqa: S310 (an address of ours)
            return
        time.sleep(0.1)
    raise AssertionError("the dashboard did not answer within a minute")


def settled(page: Page, address: str) -> Page:
    """The page after its script ran to the end: the footer is the last thing that every page draws."""
    page.goto(address)
    page.wait_for_selector("footer.t-footer, section.notice.bad", timeout=30_000)
    page.wait_for_function("!document.querySelector('[data-stale=true]')", timeout=30_000)
    return page
