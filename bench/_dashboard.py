"""A reader that does what the dashboard does: pages opened one after the other, by several people at once."""

import http.client
import json
import threading
import time
from urllib.parse import urlencode

ARROW = {"Accept": "application/vnd.apache.arrow.stream"}
_READS_OF_A_LOOK = ("scoreboard_headline", "weekly_scoreboard", "runs_page")


class Readers:
    """Threads that loop over the pages' reads until `stop`. `looks` counts the loops, `errors` what went wrong."""

    def __init__(self, port: int, threads: int, pause_s: float) -> None:
        self._port, self._pause_s = port, pause_s
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._loop) for _ in range(threads)]
        self.looks: list[float] = []
        self.errors: list[Exception] = []

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End after the looks under way. Raises what a read raised."""
        self._stop.set()
        for thread in self._threads:
            thread.join()
        if self.errors:
            raise self.errors[0]

    def _loop(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        try:
            while not self._stop.is_set():
                started = time.perf_counter()
                self._look(connection)
                self.looks.append(time.perf_counter() - started)
                self._stop.wait(self._pause_s)
        except Exception as error:  # noqa: BLE001 (raised again by stop)
            self.errors.append(error)
        finally:
            connection.close()

    def _look(self, connection: http.client.HTTPConnection) -> None:
        for name in _READS_OF_A_LOOK:
            _read(connection, name, ARROW)
        rows = json.loads(_read(connection, "runs_page", {}, page_size="1"))["rows"]
        for name in ("run_header", "run_steps") if rows else ():
            _read(connection, name, ARROW, run_id=rows[0]["run_id"])


def _read(connection: http.client.HTTPConnection, name: str, headers: dict[str, str], **parameters: str) -> bytes:
    connection.request("GET", f"/api/v1/queries/{name}?{urlencode(parameters)}", headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{name}: HTTP {answer.status}: {body[:500]!r}")
    return body
