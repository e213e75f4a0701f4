"""How Streamlit is set up, and where the app lies. Pure; `__main__.py` and the tests use it.

The theme lies beside app.py in `.streamlit/config.toml`. Streamlit reads that file wherever it is started from, so only
what a folder or an environment must not change is set here.
"""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def app_path() -> Path:
    """The script that Streamlit runs for every reader."""
    return _HERE / "app.py"


def stylesheet_path() -> Path:
    """The one stylesheet of the pages."""
    return _HERE / "theme" / "tachograph.css"


def logo_path() -> Path:
    """The wordmark in the header."""
    return _HERE / "theme" / "tachograph.svg"


def streamlit_options(host: str, port: int, base_path: str = "") -> dict[str, str | int | bool]:
    """Streamlit's settings that neither a folder nor an environment may change: quiet, without toolbar, telemetry or
    file watcher."""
    return {
        "server.address": host,
        "server.port": port,
        "server.baseUrlPath": base_path,
        "server.headless": True,
        "server.fileWatcherType": "none",
        "server.showEmailPrompt": False,
        "browser.gatherUsageStats": False,
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
        "client.showSidebarNavigation": False,
        "runner.magicEnabled": False,
        "logger.level": "warning",
    }
