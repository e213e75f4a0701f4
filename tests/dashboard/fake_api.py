"""A read API of a few lines: serves hand-made frames as Arrow, remembers what it was asked."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import polars as pl
import pyarrow.ipc

Answering = pl.DataFrame | Callable[[dict[str, str]], pl.DataFrame] | tuple[int, dict[str, Any]]


class FakeApi:
    """Answers `queries/NAME` from `answers`; `asked` holds (name, parameters) in order."""

    def __init__(self) -> None:
        self.answers: dict[str, Answering] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.told: list[bytes] = []  # bodies that were posted
        self.receipt: tuple[int, dict[str, Any]] = (200, {"received": 1, "stored": 1, "rejected": 0, "reasons": []})
        self.data_version = "1"
        self.not_modified = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def last(self, name: str) -> dict[str, str]:
        """The parameters of the last question by that name."""
        return [parameters for asked, parameters in self.asked if asked == name][-1]

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(api: FakeApi) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            *_, layer, name = parts.path.split("/")
            parameters = dict(parse_qsl(parts.query))
            if layer == "sql":
                self._answer(200, b"-- grain: one row\nselect 1\n", {})
                return
            api.asked.append((name, parameters))
            etag = f'W/"{api.data_version}-{hash(self.path)}"'
            headers = {"ETag": etag, "Tachograph-Data-Version": api.data_version, "Tachograph-Truncated": "false"}
            if self.headers.get("If-None-Match") == etag:
                api.not_modified += 1
                self._answer(304, b"", headers)
                return
            said = api.answers.get(name, (404, {"error": f"no query is called {name}", "retry": False}))
            if isinstance(said, tuple):
                self._answer(said[0], json.dumps(said[1]).encode(), {})
                return
            self._answer(200, _arrow(said(parameters) if callable(said) else said), headers)

        def do_POST(self) -> None:
            api.told.append(self.rfile.read(int(self.headers["Content-Length"])))
            api.asked.append((self.path, {"type": self.headers["Content-Type"] or ""}))
            self._answer(api.receipt[0], json.dumps(api.receipt[1]).encode(), {})

        def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
            """Quiet."""

    return Handler


def _arrow(frame: pl.DataFrame) -> bytes:
    table, sink = frame.to_arrow(), io.BytesIO()
    with pyarrow.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()
