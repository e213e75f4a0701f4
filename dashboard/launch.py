"""How Streamlit is started: the flags of the server, and where the app lies. Pure; `tachograph dashboard` uses it.

The theme lies beside app.py in `.streamlit/config.toml`. Streamlit reads that file wherever it is started from, so only
what a folder or an environment must not change comes as a flag.
"""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def app_path() -> Path:
    """The script to hand to `streamlit run`."""
    return _HERE / "app.py"


def stylesheet_path() -> Path:
    """The one stylesheet of the pages."""
    return _HERE / "theme" / "tachograph.css"


def logo_path() -> Path:
    """The wordmark in the header."""
    return _HERE / "theme" / "tachograph.svg"


def streamlit_arguments(host: str, port: int) -> list[str]:
    """Arguments after `streamlit`: run this app on host and port, quiet, without toolbar, telemetry or file watcher."""
    return [
        "run",
        str(app_path()),
        f"--server.address={host}",
        f"--server.port={port}",
        "--server.headless=true",
        "--server.fileWatcherType=none",
        "--server.showEmailPrompt=false",
        "--browser.gatherUsageStats=false",
        "--client.toolbarMode=minimal",
        "--client.showErrorDetails=none",
        "--client.showSidebarNavigation=false",
        "--runner.magicEnabled=false",
        "--logger.level=warning",
    ]
