"""Reading: bound parameters, a limit that says when it cut, a time-out, one snapshot per answer."""

import threading
from collections.abc import Iterator

import pytest

from collector.errors import NotFound, QueryError, QueryTimeout, StoreUnavailable
from collector.reader import Reader
from queries import read_queries
from tests.collector.reading import QUERIES, MemoryStore, memory_store


@pytest.fixture
def store() -> Iterator[MemoryStore]:
    with memory_store() as store:
        yield store


@pytest.fixture
def reader(store: MemoryStore) -> Reader:
    return Reader(store, row_limit=5, timeout_s=20, queries=QUERIES, catch_up=store.catch_up)


LIMITS = [
    # rows there are, limit asked for, rows given, cut?, limit in force
    (3, None, 3, False, 5),
    (5, None, 5, False, 5),
    (6, None, 5, True, 5),
    (6, 6, 6, False, 6),
    (30_000, 20_000, 20_000, True, 20_000),
    (0, None, 0, False, 5),
]


@pytest.mark.parametrize(("rows", "limit", "given", "truncated", "row_limit"), LIMITS)
def test_the_limit_says_when_it_cut(
    reader: Reader, rows: int, limit: int | None, given: int, truncated: bool, row_limit: int
) -> None:
    answer = reader.run("numbers", {"count": str(rows)}, limit)
    assert answer.table.column("number").to_pylist() == list(range(given))
    assert (answer.truncated, answer.row_limit) == (truncated, row_limit)


@pytest.mark.parametrize("limit", [0, -1, 1_000_001])
def test_a_limit_out_of_range_is_refused(reader: Reader, limit: int) -> None:
    with pytest.raises(QueryError, match="limit must be from 1 to 1000000"):
        reader.run("numbers", limit=limit)


def test_a_store_that_is_not_open_is_unavailable_and_may_be_asked_again() -> None:
    with memory_store() as store:
        reader = Reader(store, queries=QUERIES)
    for ask in (lambda: reader.run("numbers"), reader.data_version):
        with pytest.raises(StoreUnavailable, match="the store is not open now") as raised:
            ask()
        assert (raised.value.http_status, raised.value.retry_after_s is not None) == (503, True)


def test_parameters_arrive_typed_and_as_data(reader: Reader) -> None:
    hostile = "'; drop table ledger.batches; --"
    given = {"word": hostile, "count": "-7", "yes": "true", "at": "2026-11-16T10:00:00+01:00"}
    (row,) = reader.run("echo", given).table.to_pylist()
    assert row.pop("at").isoformat() == "2026-11-16T09:00:00"
    assert row == {"word": hostile, "count": -7, "share": 0.5, "yes": True}


def test_what_is_not_given_is_the_default(reader: Reader) -> None:
    (row,) = reader.run("echo").table.to_pylist()
    assert row == {"word": None, "count": None, "share": 0.5, "yes": None, "at": None}


REFUSED = [
    ({"cuont": "1"}, "query echo has no parameter 'cuont'; did you mean 'count'?"),
    ({"zebra": "1"}, "query echo has no parameter 'zebra'; it takes word, count, share, yes, at"),
    ({"count": "1.5"}, "query echo: parameter count must be a whole number, not '1.5'"),
    ({"count": str(2**63)}, f"query echo: parameter count must be a whole number, not '{2**63}'"),
    ({"share": "half"}, "query echo: parameter share must be a number, not 'half'"),
    ({"yes": "perhaps"}, "query echo: parameter yes must be true or false, not 'perhaps'"),
    (
        {"at": "monday"},
        "query echo: parameter at must be a time such as 2026-11-16 or 2026-11-16T09:00:00Z, not 'monday'",
    ),
]


@pytest.mark.parametrize(("params", "message"), REFUSED)
def test_a_wrong_parameter_is_named(reader: Reader, params: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError) as refusal:
        reader.run("echo", params)
    assert str(refusal.value) == message


def test_an_unknown_query_names_the_nearest(reader: Reader) -> None:
    with pytest.raises(NotFound, match="there is no query 'nubmers'; did you mean 'numbers'"):
        reader.run("nubmers")


def test_a_long_read_is_interrupted_and_the_next_one_is_not(reader: Reader) -> None:
    with pytest.raises(QueryTimeout, match=r"query endless took longer than 0\.05 s"):
        reader.run("endless", timeout_s=0.05)
    assert reader.run("numbers").table.num_rows == 3


def test_an_interrupt_hits_its_own_read_only(reader: Reader) -> None:
    """Two reads at once: the short deadline of one leaves the other alone."""
    rows: list[int] = []
    other = threading.Thread(
        target=lambda: rows.append(reader.run("numbers", {"count": "3000000"}, 1_000_000).table.num_rows)
    )
    other.start()
    with pytest.raises(QueryTimeout):
        reader.run("endless", timeout_s=0.01)
    other.join()
    assert rows == [1_000_000]


def test_the_data_version_changes_with_every_commit_and_only_then(reader: Reader, store: MemoryStore) -> None:
    empty = reader.data_version()
    store.commit_batch(1, "2026-11-16 09:00:00")
    first = reader.data_version()
    store.commit_batch(2, "2026-11-16 10:00:00")
    second = reader.data_version()
    assert len({empty, first, second}) == 3
    assert reader.run("batches").data_version == second == reader.data_version()


def test_by_default_the_queries_of_the_product_are_read(store: MemoryStore) -> None:
    assert Reader(store).queries == read_queries()
