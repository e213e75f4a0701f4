"""How the dashboard is started: quiet flags, its own theme from any folder, one palette in two files."""

from __future__ import annotations

import re
import tomllib

import pytest
import uvicorn
from streamlit import config

from dashboard.__main__ import main
from dashboard.launch import app_path, logo_path, streamlit_options, stylesheet_path
from dashboard.palette import KIND_COLOURS, STATUSES
from dashboard.registry import PAGES


def test_the_settings_are_known_to_streamlit_and_say_what_look_asks() -> None:
    given = streamlit_options("127.0.0.1", 8601, "/tachograph")
    assert set(given) <= set(config.get_config_options())
    assert given["server.port"] == 8601
    assert given["server.baseUrlPath"] == "/tachograph"
    assert given["client.toolbarMode"] == "minimal"
    assert given["browser.gatherUsageStats"] is False
    assert given["server.headless"] is True


def test_the_server_binds_the_port_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """A socket made elsewhere (`fd`, `sockets`) would have Nagle's algorithm on: 40 ms for every small answer."""
    started: dict[str, object] = {}
    monkeypatch.setattr(uvicorn, "run", lambda app, **given: started.update(given, app=app))
    monkeypatch.setattr(config, "get_config_options", lambda **given: started.update(given))
    main(["--host", "127.0.0.9", "--port", "8602", "--base-path", "/t"])
    assert (started["host"], started["port"]) == ("127.0.0.9", 8602)
    assert not {"fd", "sockets", "uds"} & set(started)
    assert started["options_from_flags"] == streamlit_options("127.0.0.9", 8602, "/t")
    assert started["app"].script_path == app_path()  # type: ignore[attr-defined]  # an st.App


def test_the_theme_has_only_known_options_for_both_modes() -> None:
    written = tomllib.loads((app_path().parent / ".streamlit" / "config.toml").read_text())
    known = set(config.get_config_options())
    assert {f"theme.{name}" for name, value in written["theme"].items() if not isinstance(value, dict)} <= known
    for mode in ("light", "dark"):
        assert {f"theme.{mode}.{name}" for name in written["theme"][mode]} <= known
    assert set(written["theme"]["light"]) == set(written["theme"]["dark"])


def test_every_page_has_its_script() -> None:
    assert all((app_path().parent / entry.script).is_file() for entry in PAGES)
    assert sum(entry.is_default for entry in PAGES) == 1
    assert logo_path().is_file()


def tokens() -> dict[str, list[str]]:
    """The stylesheet's colours by name: light and dark."""
    found = re.findall(r"--(\w+): light-dark\((#\w{6}, #\w{6})\)", stylesheet_path().read_text())
    return {name: values.split(", ") for name, values in found}


def test_the_stylesheet_has_the_palette() -> None:
    """A colour has one meaning in markup and figures."""
    names = {"verified_success": "success", "failure": "failure", "silent_failure": "silent", "escalated": "escalated"}
    pairs = tokens()
    for status, name in (names | {"open": "unknown", "abandoned": "unknown"}).items():
        meaning = STATUSES[status]
        assert pairs[name] == [meaning.light, meaning.dark]


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_text_has_a_contrast_of_four_and_a_half() -> None:
    pairs = tokens()
    for name in ("ink", "muted", "link", "success", "failure", "silent"):
        for mode in (0, 1):
            for ground in ("surface", "raised"):
                low, high = sorted((_luminance(pairs[name][mode]), _luminance(pairs[ground][mode])))
                assert (high + 0.05) / (low + 0.05) >= 4.5, (name, ground, mode)


def test_kinds_of_step_use_the_bright_scheme() -> None:
    assert KIND_COLOURS["model_call"] == "#4477AA"
    assert KIND_COLOURS["tool_call"] == "#228833"
    assert KIND_COLOURS["escalation"] == KIND_COLOURS["ceiling"] == "#AA3377"
