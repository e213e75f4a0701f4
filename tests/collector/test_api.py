"""The read API: formats by Accept, ETag and 304, the limit's headers, and errors that name the thing."""

import csv
import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pyarrow as pa
import pyarrow.parquet
import pytest
from starlette.applications import Starlette

from collector import api
from collector.reader import Reader
from queries import read_queries, statements
from tests.collector.asgi_client import AsgiClient
from tests.collector.reading import QUERIES, MemoryStore, memory_store

ARROW = "application/vnd.apache.arrow.stream"
PARQUET = "application/vnd.apache.parquet"


@pytest.fixture
def store() -> Iterator[MemoryStore]:
    with memory_store() as store:
        yield store


@pytest.fixture
def client(store: MemoryStore) -> Iterator[AsgiClient]:
    reader = Reader(store, row_limit=100, timeout_s=1.0, queries=QUERIES, catch_up=store.catch_up)
    with ThreadPoolExecutor(2) as pool:
        app = Starlette(routes=api.routes(reader, pool, lambda: {"store": "memory", "pid": 7}))
        yield AsgiClient(app)


def test_queries_are_listed_with_their_parameters(client: AsgiClient) -> None:
    listed = {query["name"]: query for query in client.get("/api/v1/queries").json()}
    assert set(listed) == set(QUERIES)
    assert listed["numbers"] == {
        "name": "numbers",
        "description": "What numbers tells.",
        "grain": "one row per thing",
        "parameters": [{"name": "count", "type": "bigint", "default": 3, "description": "how many"}],
    }


def test_json_is_the_default(client: AsgiClient) -> None:
    answer = client.get("/api/v1/queries/numbers", params={"count": 2})
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["rows"] == [{"number": 0}, {"number": 1}]


def _arrow(body: bytes) -> list[dict[str, object]]:
    return pa.ipc.open_stream(body).read_all().to_pylist()


def _parquet(body: bytes) -> list[dict[str, object]]:
    return pyarrow.parquet.read_table(io.BytesIO(body)).to_pylist()


def _csv(body: bytes) -> list[dict[str, object]]:
    return [{name: int(cell) for name, cell in row.items()} for row in csv.DictReader(io.StringIO(body.decode()))]


@pytest.mark.parametrize(("accept", "decode"), [(ARROW, _arrow), (PARQUET, _parquet), ("text/csv", _csv)])
def test_every_format_holds_the_same_rows(client: AsgiClient, accept: str, decode: object) -> None:
    answer = client.get("/api/v1/queries/numbers", headers={"Accept": accept})
    assert answer.headers["content-type"].split(";")[0] == accept
    assert callable(decode)
    assert decode(answer.content) == [{"number": 0}, {"number": 1}, {"number": 2}]


LIMITS = [
    # rows there are, limit asked for, rows given, header
    (100, None, 100, ("false", "100")),
    (101, None, 100, ("true", "100")),
    (101, 7, 7, ("true", "7")),
]


@pytest.mark.parametrize(("count", "limit", "given", "headers"), LIMITS)
def test_the_headers_say_when_rows_were_cut(
    client: AsgiClient, count: int, limit: int | None, given: int, headers: tuple[str, str]
) -> None:
    params = {"count": count} | ({} if limit is None else {"limit": limit})
    answer = client.get("/api/v1/queries/numbers", params=params)
    assert answer.json()["row_count"] == given
    assert (answer.headers["tachograph-truncated"], answer.headers["tachograph-row-limit"]) == headers


def test_304_until_a_commit(client: AsgiClient, store: MemoryStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api.time, "time", lambda: 1_000_000_000.0)
    first = client.get("/api/v1/queries/batches")
    again = client.get("/api/v1/queries/batches", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])

    store.commit_batch(1, "2026-11-16 09:00:00")

    changed = client.get("/api/v1/queries/batches", headers={"If-None-Match": first.headers["etag"]})
    assert (changed.status_code, changed.json()["rows"]) == (200, [{"batches": 1}])
    assert changed.headers["tachograph-data-version"] == changed.json()["data_version"]


def test_the_etag_tells_questions_formats_and_minutes_apart(
    client: AsgiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def etag(path: str, accept: str, now_s: float) -> str:
        monkeypatch.setattr(api.time, "time", lambda: now_s)
        return client.get(f"/api/v1/queries/{path}", headers={"Accept": accept}).headers["etag"]

    tags = [
        etag("numbers", "application/json", 0),
        etag("numbers", "text/csv", 0),
        etag("numbers?count=4", "application/json", 0),
        etag("numbers?limit=1", "application/json", 0),
        etag("batches", "application/json", 0),
        etag("numbers", "application/json", 60),
    ]
    assert len(set(tags)) == len(tags)
    assert all(tag.startswith('W/"') for tag in tags)
    assert etag("numbers", "application/json", 59) == tags[0]


ERRORS = [
    ("queries/nubmers", 404, "there is no query 'nubmers'; did you mean 'numbers'?", False),
    ("queries/numbers?cuont=1", 400, "query numbers has no parameter 'cuont'; did you mean 'count'?", False),
    ("queries/numbers?count=x", 400, "query numbers: parameter count must be a whole number, not 'x'", False),
    ("queries/numbers?count=1&count=2", 400, "query numbers: parameter count is given twice", False),
    ("queries/numbers?limit=many", 400, "limit must be a whole number, not 'many'", False),
    ("queries/numbers?limit=1000001", 400, "limit must be from 1 to 1000000, not 1000001", False),
    ("queries/endless", 504, "query endless took longer than 1 s", False),
    ("sql/facts.rnus", 404, "there is no query 'facts.rnus'", False),
]


@pytest.mark.parametrize(("path", "status", "message", "retry"), ERRORS)
def test_errors_name_the_thing(client: AsgiClient, path: str, status: int, message: str, retry: bool) -> None:
    answer = client.get(f"/api/v1/{path}")
    body = answer.json()
    assert (answer.status_code, body["retry"]) == (status, retry)
    assert body["error"].startswith(message)


def test_a_format_that_does_not_exist_is_406(client: AsgiClient) -> None:
    answer = client.get("/api/v1/queries/numbers", headers={"Accept": "image/png"})
    assert (answer.status_code, answer.json()["retry"]) == (406, False)


def test_when_too_many_reads_wait_the_next_is_told_to_come_back(
    client: AsgiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "MAX_WAITING", 0)
    answer = client.get("/api/v1/queries/numbers")
    assert (answer.status_code, answer.headers["retry-after"], answer.json()["retry"]) == (429, "1", True)


def test_the_sql_of_reads_and_views_can_be_shown(client: AsgiClient) -> None:
    assert client.get("/api/v1/sql/numbers").text == QUERIES["numbers"].sql
    view = next(item for item in statements("facts") if item.name == "steps")
    assert client.get("/api/v1/sql/facts.steps").text == view.sql


def test_status_says_who_answers_and_how_far_the_data_goes(client: AsgiClient) -> None:
    status = client.get("/api/v1/status").json()
    assert {name: status[name] for name in ("store", "pid")} == {"store": "memory", "pid": 7}
    assert status["data_version"] == client.get("/api/v1/queries/batches").json()["data_version"]


def test_only_reading_is_possible(client: AsgiClient) -> None:
    assert client.request("POST", "/api/v1/queries/numbers").status_code == 405


def test_the_products_queries_are_all_described() -> None:
    for query in read_queries().values():
        described = api.describe(query)
        assert described["description"]
        assert described["grain"]
