"""The endpoint up and running on a free port of the loopback address."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette

from collector.errors import PortTaken

_START_S = 10.0
_STOP_S = 5


@contextmanager
def serving(app: Starlette) -> Iterator[str]:
    """The base URL, without a path, while it answers. Raises PortTaken where it cannot start."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_STOP_S,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],), name="replay-endpoint", daemon=True)
    thread.start()
    try:
        _wait(server)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(_STOP_S + 5)
        listener.close()


def _wait(server: uvicorn.Server) -> None:
    deadline = time.monotonic() + _START_S
    while not server.started:
        if time.monotonic() > deadline:
            raise PortTaken("the replay's endpoint did not start on the loopback address")
        time.sleep(0.01)
