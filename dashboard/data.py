"""Named queries of the read API as polars frames: the dashboard's only way to data.

Arrow over HTTP. Every answer is kept with its ETag in a bounded cache; after `fresh_for_s` it is asked for again with
If-None-Match, so that a page never shows an older state than the collector's, and an unchanged one costs a 304.
"""

from __future__ import annotations

import json
import os
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache

import polars as pl
import pyarrow.ipc

DEFAULT_URL = "http://127.0.0.1:4318"
ARROW = "application/vnd.apache.arrow.stream"
EXTRA_PATIENCE_S = 2.5
Parameter = str | int | float | bool | None
Question = tuple[str, dict[str, Parameter]]


class ApiError(Exception):
    """A read failed. The message is for people; `retry` says whether asking again may help."""

    retry = False


class UnreachableError(ApiError):
    """Nobody answers at the API's address, or not in time. Asking again helps once the collector runs."""

    retry = True


class RefusedError(ApiError):
    """The collector answered with an error; `retry` is what it said."""

    def __init__(self, message: str, status: int, retry: bool) -> None:
        super().__init__(message)
        self.status = status
        self.retry = retry


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of a named query, and what they rest on."""

    frame: pl.DataFrame
    data_version: str
    is_truncated: bool


@dataclass(frozen=True, slots=True)
class _Entry:
    answer: Answer
    etag: str
    checked_at_s: float
    checked_version: str
    size_bytes: int


class ReadApi:
    """A client of one collector. Safe to share between threads and sessions: it holds no rows of one user alone."""

    def __init__(
        self,
        url: str,
        token: str | None = None,
        *,
        timeout_s: float = 35.0,
        fresh_for_s: float = 0.2,
        cache_max_bytes: int = 64 * 1024 * 1024,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if not url.startswith(("http://", "https://")):
            raise ValueError(f"TACHOGRAPH_API_URL must start with http:// or https://, not {url!r}")
        self.url = url.rstrip("/")
        self._token = token
        self._timeout_s = timeout_s
        self._fresh_for_s = fresh_for_s
        self._cache_max_bytes = cache_max_bytes
        self._clock = clock
        self._entries: OrderedDict[str, _Entry] = OrderedDict()
        self._bytes = 0
        self._newest_version = ""
        self._lock = threading.Lock()

    def read(self, name: str, **parameters: Parameter) -> Answer:
        """Rows of one named query; `limit` is the row limit. Raises UnreachableError or RefusedError."""
        return self.ask(name, parameters)

    def ask(self, name: str, parameters: dict[str, Parameter], patience_s: float | None = None) -> Answer:
        """The same; raises UnreachableError where the answer takes longer than `patience_s`, too."""
        address = self._address(name, parameters)
        entry = self._remembered(address)
        if entry is not None and self._is_fresh(entry):
            return entry.answer
        status, headers, body = self._get(address, ARROW, entry.etag if entry else None, patience_s)
        version = headers.get("Tachograph-Data-Version", "")
        self._newest_version = version or self._newest_version
        if status == 304 and entry is not None:
            self._remember(address, replace(entry, checked_at_s=self._clock(), checked_version=version))
            return entry.answer
        answer = Answer(
            frame=_frame(body),
            data_version=version,
            is_truncated=headers.get("Tachograph-Truncated", "false") == "true",
        )
        if etag := headers.get("ETag"):
            size_bytes = int(answer.frame.estimated_size()) + 256
            self._remember(address, _Entry(answer, etag, self._clock(), version, size_bytes))
        return answer

    def sql(self, name: str) -> str:
        """The SQL text of a read query or view, as its file has it."""
        address = f"{self.url}/api/v1/sql/{urllib.parse.quote(name)}"
        return self._get(address, "text/plain", None)[2].decode("utf-8", "replace")

    def download(self, name: str, **parameters: Parameter) -> bytes:
        """A file that the collector makes: `exports/NAME`. Raises UnreachableError or RefusedError."""
        address = f"{self.url}/api/v1/exports/{urllib.parse.quote(name)}{_query(parameters)}"
        return self._get(address, "*/*", None)[2]

    def post(self, path: str, body: bytes, content_type: str) -> bytes:
        """What the collector answers to a body. Raises UnreachableError or RefusedError."""
        return self._send(
            urllib.request.Request(  # noqa: S310  # the scheme is checked in __init__
                f"{self.url}{path}", body, {"Content-Type": content_type}, method="POST"
            )
        )[2]

    def _address(self, name: str, parameters: dict[str, Parameter]) -> str:
        return f"{self.url}/api/v1/queries/{urllib.parse.quote(name)}{_query(parameters)}"

    def _get(
        self, address: str, accept: str, etag: str | None, patience_s: float | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        headers = {"Accept": accept} | ({"If-None-Match": etag} if etag else {})
        request = urllib.request.Request(address, headers=headers)  # noqa: S310  # the scheme is checked in __init__
        return self._send(request, patience_s)

    def _send(
        self, request: urllib.request.Request, patience_s: float | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        request.add_header("User-Agent", "tachograph-dashboard")
        if self._token:
            request.add_header("Authorization", f"Bearer {self._token}")
        try:
            with urllib.request.urlopen(request, timeout=patience_s or self._timeout_s) as response:  # noqa: S310
                return response.status, _headers(response.headers.items()), response.read()
        except urllib.error.HTTPError as error:
            with error:
                if error.code == 304:
                    return 304, _headers(error.headers.items()), b""
                raise _refusal(error.code, error.read()) from None
        except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
            reason = getattr(error, "reason", error)
            raise UnreachableError(f"no collector answers at {self.url}: {reason}") from None

    def _is_fresh(self, entry: _Entry) -> bool:
        is_recent = self._clock() - entry.checked_at_s < self._fresh_for_s
        return is_recent and entry.checked_version == self._newest_version

    def _remembered(self, address: str) -> _Entry | None:
        with self._lock:
            entry = self._entries.get(address)
            if entry is not None:
                self._entries.move_to_end(address)
            return entry

    def _remember(self, address: str, entry: _Entry) -> None:
        with self._lock:
            old = self._entries.pop(address, None)
            self._bytes += entry.size_bytes - (old.size_bytes if old else 0)
            self._entries[address] = entry
            while self._bytes > self._cache_max_bytes and self._entries:
                self._bytes -= self._entries.popitem(last=False)[1].size_bytes


@cache
def _client(url: str, token: str | None) -> ReadApi:
    return ReadApi(url, token)


def api() -> ReadApi:
    """The client of the collector that TACHOGRAPH_API_URL names, with TACHOGRAPH_TOKEN where one is set."""
    return _client(os.environ.get("TACHOGRAPH_API_URL") or DEFAULT_URL, os.environ.get("TACHOGRAPH_TOKEN") or None)


def read(name: str, **parameters: Parameter) -> pl.DataFrame:
    """Rows of one named query; see ReadApi.read."""
    return api().read(name, **parameters).frame


def prefetch(*questions: Question, extras: Sequence[Question] = ()) -> dict[str, pl.DataFrame]:
    """Ask several named queries at once; `read` then finds their answers. Failures are left for `read` to raise.

    `extras` are what a page can do without, such as what the collector may still have to work out: those that are
    answered within EXTRA_PATIENCE_S are given back by name."""
    with ThreadPoolExecutor(max_workers=len(questions) + len(extras)) as pool:
        needed = [pool.submit(read, name, **parameters) for name, parameters in questions]
        beside = {name: pool.submit(api().ask, name, parameters, EXTRA_PATIENCE_S) for name, parameters in extras}
        for waited_for in needed:
            waited_for.exception()
        return {
            name: asked.result().frame for name, asked in beside.items() if not isinstance(asked.exception(), ApiError)
        }


def _frame(body: bytes) -> pl.DataFrame:
    with pyarrow.ipc.open_stream(body) as reader:
        frame = pl.from_arrow(reader.read_all())
    if not isinstance(frame, pl.DataFrame):
        raise TypeError("the read API answered with something that is no table")
    return frame


def _headers(items: list[tuple[str, str]]) -> dict[str, str]:
    known = ("ETag", "Tachograph-Data-Version", "Tachograph-Truncated")
    return {name: value for key, value in items for name in known if key.lower() == name.lower()}


def _query(parameters: dict[str, Parameter]) -> str:
    pairs = [(key, _text(value)) for key, value in sorted(parameters.items()) if value is not None]
    return f"?{urllib.parse.urlencode(pairs)}" if pairs else ""


def _text(value: Parameter) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _refusal(status: int, body: bytes) -> RefusedError:
    try:
        said = json.loads(body)
        message, retry = str(said["error"]), bool(said.get("retry", False))
    except (ValueError, KeyError, TypeError):
        message, retry = f"the collector answered {status}: {body[:200].decode('utf-8', 'replace')}", status >= 500
    return RefusedError(message, status, retry)
