"""Scripts named early: those of the pinned Streamlit, for pages only, and nothing else of an answer is touched."""

from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.preload import CHUNKS, EarlyScripts, link_header, scripts_folder
from dashboard.registry import PAGES


@pytest.mark.parametrize("name", sorted({name for names in CHUNKS.values() for name in names}))
def test_the_pinned_streamlit_has_every_script_once(name: str) -> None:
    assert len(list(scripts_folder().glob(f"{name}.*.js"))) == 1


def test_every_page_has_its_scripts() -> None:
    assert set(CHUNKS) == {"" if entry.is_default else entry.slug for entry in PAGES}


def test_only_pages_with_a_chart_fetch_plotly() -> None:
    assert {slug for slug in CHUNKS if "PlotlyChart" in link_header(slug)} == {"run", "health", "economics"}


def client() -> TestClient:
    def page(_: object) -> HTMLResponse:
        return HTMLResponse("<html></html>")

    def data(_: object) -> JSONResponse:
        return JSONResponse({})

    routes = [Route("/run", page), Route("/data/run", data), Route("/t/run", page), Route("/elsewhere", page)]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(EarlyScripts)]))


@pytest.mark.parametrize("path", ["/run", "/run?run=a9c2f1", "/t/run"])
def test_a_page_names_its_scripts_relative_to_itself(path: str) -> None:
    answer = client().get(path)
    assert answer.text == "<html></html>"
    links = answer.headers["link"].split(", ")
    assert len(links) == len(CHUNKS["run"])
    assert all(re.fullmatch(r"<\./static/js/[\w.-]+\.js>; rel=modulepreload; crossorigin", link) for link in links)


@pytest.mark.parametrize("path", ["/data/run", "/elsewhere", "/nowhere"])
def test_other_answers_stay_as_they_are(path: str) -> None:
    assert "link" not in client().get(path).headers
