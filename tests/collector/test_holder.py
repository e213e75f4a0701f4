"""Where commands find the data: which collector, which store, and never a password."""

from dataclasses import replace
from pathlib import Path

import pytest

from collector.errors import Unauthenticated, Unreachable
from collector.holder import api_url, find_collector, store_identity
from collector.serve import running
from collector.settings import Settings
from collector.settings_sources import Sourced, read
from collector.store.location import without_password
from tests.collector.cli_runs import unused_port

SHOWN = [
    (
        "ducklake:postgres:dbname=lake host=db password=s3cret user=u",
        "ducklake:postgres:dbname=lake host=db password=*** user=u",
    ),
    ("ducklake:postgres:password='s3 cret' dbname=lake", "ducklake:postgres:password=*** dbname=lake"),
    ("ducklake:postgres:postgresql://u:s3cret@db:5432/lake", "ducklake:postgres:postgresql://u:***@db:5432/lake"),
    ('Unable to connect to "dbname=x PASSWORD = s3cret"', 'Unable to connect to "dbname=x PASSWORD = ***"'),
    ("http://127.0.0.1:4318", "http://127.0.0.1:4318"),
    ("/data/agents.duckdb", "/data/agents.duckdb"),
]


@pytest.mark.parametrize(("text", "shown"), SHOWN)
def test_a_password_is_never_shown(text: str, shown: str) -> None:
    assert without_password(text) == shown


def test_the_same_file_by_any_path_is_the_same_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert store_identity("a.duckdb") == store_identity("./link/a.duckdb") == str(tmp_path / "a.duckdb")


URLS = [
    (Settings(), "http://127.0.0.1:4318"),
    (Settings(host="0.0.0.0", http_port=1), "http://127.0.0.1:1"),  # noqa: S104 (never bound)
    (Settings(host="::1"), "http://[::1]:4318"),
    (Settings(host="::"), "http://[::1]:4318"),
    (Settings(http_base_path="/otlp"), "http://127.0.0.1:4318/otlp"),
    (Settings(tls_cert="c", tls_key="k"), "https://127.0.0.1:4318"),
    (Settings(host="db", api_url="https://agents.example/x"), "https://agents.example/x"),
]


@pytest.mark.parametrize(("settings", "url"), URLS)
def test_where_the_api_answers(settings: Settings, url: str) -> None:
    assert api_url(settings) == url


def test_which_collector_is_gone_through(tmp_path: Path) -> None:
    mine = str(tmp_path / "mine.duckdb")
    with running(Settings(store=mine, grpc_port=0, http_port=0)) as collector:
        here = {"http_port": str(collector.http_port)}
        assert find_collector(read(here | {"store": mine}, {})) is not None
        assert find_collector(read(here, {})) is not None, "nobody chose a store: the running collector's is meant"
        assert find_collector(read(here | {"store": "other.duckdb"}, {})) is None
        by_url = read({"api_url": collector.http_url}, {})
        assert find_collector(by_url) is not None
    assert find_collector(read(here, {})) is None
    with pytest.raises(Unreachable):
        find_collector(by_url)


def test_a_token_is_asked_of_readers_too(tmp_path: Path) -> None:
    settings = Settings(store=str(tmp_path / "a.duckdb"), grpc_port=0, http_port=0, token="s3cret")
    with running(settings) as collector:
        known = replace(settings, http_port=collector.http_port)
        origins = dict.fromkeys(("store", "http_port"), "flag")
        assert find_collector(Sourced(known, origins)) is not None
        with pytest.raises(Unauthenticated):
            find_collector(Sourced(replace(known, token=""), origins))


def test_a_base_path_holds_for_receivers_and_reads(tmp_path: Path) -> None:
    port = unused_port()
    settings = Settings(store=str(tmp_path / "a.duckdb"), grpc_port=0, http_port=port, http_base_path="/agents")
    with running(settings) as collector:
        assert collector.http_url == f"http://127.0.0.1:{port}/agents"
        found = find_collector(Sourced(settings, {"store": "flag"}))
        assert found is not None
        assert found.run("data_version").table.num_rows == 1
