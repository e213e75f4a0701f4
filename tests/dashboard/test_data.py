"""The read API's client: what it asks, what it keeps, and what it says when it gets no answer."""

from __future__ import annotations

import threading

import polars as pl
import pytest

from dashboard.data import Question, ReadApi, RefusedError, UnreachableError, prefetch
from tests.dashboard.fake_api import FakeApi


class Clock:
    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def client(api: FakeApi, clock: Clock, **settings: int) -> ReadApi:
    return ReadApi(api.url, fresh_for_s=0.5, clock=clock, **settings)  # type: ignore[arg-type]  # settings of one type


def asked(api: FakeApi) -> int:
    return len(api.asked)


def test_parameters_are_sent_and_none_is_not(api: FakeApi) -> None:
    client(api, Clock()).read("runs_count", workflow="a b&c", env=None, plumbing=True, offset=7)
    assert api.last("runs_count") == {"workflow": "a b&c", "plumbing": "true", "offset": "7"}


def test_an_answer_is_kept_while_fresh_then_checked_by_its_etag(api: FakeApi) -> None:
    clock = Clock()
    reader = client(api, clock)
    first = reader.read("runs_count")
    assert reader.read("runs_count") is first
    assert asked(api) == 1
    clock.now_s = 1.0
    assert reader.read("runs_count") is first
    assert api.not_modified == 1


def test_new_data_is_never_hidden_by_the_cache(api: FakeApi) -> None:
    """Once any answer tells a newer data version, nothing older counts as fresh."""
    reader = client(api, Clock())
    assert reader.read("runs_count").frame["runs"].item() == 1
    api.data_version = "2"
    api.answers["runs_count"] = pl.DataFrame({"runs": [2]})
    reader.read("data_version")
    assert reader.read("runs_count").frame["runs"].item() == 2


def test_extras_that_take_too_long_are_left_out(api: FakeApi, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the collector may still have to work out holds up no page."""
    monkeypatch.setattr("dashboard.data.EXTRA_PATIENCE_S", 0.1)
    answered = threading.Event()

    def late(_: dict[str, str]) -> pl.DataFrame:
        answered.wait(10)
        return pl.DataFrame({"rank": [1]})

    api.answers["run_culprits"] = late
    soon: Question = ("run_suspicions", {"run_id": "a9c2f1"})
    try:
        told = prefetch(("runs_count", {}), extras=[("run_culprits", {"run_id": "a9c2f1"}), soon])
    finally:
        answered.set()
    assert set(told) == {"run_suspicions"}


def test_the_cache_is_bounded(api: FakeApi) -> None:
    reader = client(api, Clock(), cache_max_bytes=1000)
    for number in range(20):
        reader.read("runs_count", offset=number)
    reader.read("runs_count", offset=0)
    assert asked(api) == 21


def test_two_sets_of_parameters_are_two_answers(api: FakeApi) -> None:
    api.answers["runs_count"] = lambda parameters: pl.DataFrame({"runs": [int(parameters["offset"])]})
    reader = client(api, Clock())
    assert [reader.read("runs_count", offset=n).frame["runs"].item() for n in (1, 2, 1)] == [1, 2, 1]


def test_an_error_of_the_collector_keeps_its_words(api: FakeApi) -> None:
    api.answers["runs_count"] = (400, {"error": "parameter 'week' is no varchar", "retry": False})
    with pytest.raises(RefusedError, match="parameter 'week' is no varchar") as caught:
        client(api, Clock()).read("runs_count")
    assert (caught.value.status, caught.value.retry) == (400, False)


def test_nobody_there_names_the_address() -> None:
    with pytest.raises(UnreachableError, match=r"http://127\.0\.0\.1:9"):
        ReadApi("http://127.0.0.1:9").read("runs_count")


def test_only_http_addresses(api: FakeApi) -> None:
    with pytest.raises(ValueError, match="TACHOGRAPH_API_URL"):
        ReadApi("file:///etc/passwd")


def test_the_sql_of_a_query(api: FakeApi) -> None:
    assert client(api, Clock()).sql("runs_page").endswith("select 1\n")
