"""`python -m dashboard`: the pages. TACHOGRAPH_API_URL names the collector that they read from."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading

from dashboard.launch import streamlit_options

_GRACE_S = 5.0
_GRACEFUL_S = 1  # that pages get to close their sockets


def main(arguments: list[str] | None = None) -> None:
    """Run until a signal, or, with --end-with-stdin, until the process that started this one is gone."""
    parser = argparse.ArgumentParser(prog="python -m dashboard", description="Serve the pages of Tachograph.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default %(default)s)")
    parser.add_argument("--port", type=int, default=8501, help="port to listen on (default %(default)s)")
    parser.add_argument("--base-path", default="", help="URL path under which a reverse proxy serves the pages")
    parser.add_argument("--end-with-stdin", action="store_true", help="end when standard input is closed")
    chosen = parser.parse_args(arguments)
    if chosen.end_with_stdin:
        threading.Thread(target=_end_with_stdin, daemon=True).start()
    _serve(chosen.host, chosen.port, chosen.base_path)


def _serve(host: str, port: int, base_path: str) -> None:
    # Streamlit takes half a second to import; --help need not wait for it.
    import uvicorn
    from streamlit import config

    from dashboard.web_app import app

    config.get_config_options(force_reparse=True, options_from_flags=streamlit_options(host, port, base_path))
    # uvicorn binds the port itself: on the socket that `streamlit run` makes, asyncio leaves Nagle's algorithm on, and
    # every small file and message waits 40 ms for the reader's acknowledgement.
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        timeout_graceful_shutdown=_GRACEFUL_S,
        ws="websockets-sansio",  # as Streamlit chooses
        ws_per_message_deflate=False,
    )


def _end_with_stdin() -> None:
    """The starter holds the other end of the pipe: when it dies, however it dies, the pipe ends, and so do we."""
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait(_GRACE_S)
    os._exit(1)


if __name__ == "__main__":
    main()
