"""A lake whose Parquet is in a bucket, and the credentials that open it."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import ThreadingHTTPServer
from pathlib import Path

import duckdb
import localbucket
import pytest

from collector.errors import SettingsError
from collector.store.object_store import secret_statement, use_bucket_credentials
from tests.collector.store.conftest import StoreAddress
from tests.collector.store.sending import counts, events, running

_KEYS = {"AWS_ACCESS_KEY_ID": "AKIATEST", "AWS_SECRET_ACCESS_KEY": "it's/secret"}
_BASE = "create secret (type s3, provider config, key_id 'AKIATEST', secret 'it''s/secret'"
_HTTP = ", endpoint '127.0.0.1:9000', use_ssl false, url_style 'path')"


@pytest.mark.parametrize(
    ("more", "rest"),
    [
        ({}, ")"),
        ({"AWS_SESSION_TOKEN": "t"}, ", session_token 't')"),
        ({"AWS_DEFAULT_REGION": "eu-west-1"}, ", region 'eu-west-1')"),
        ({"AWS_REGION": "eu-north-1", "AWS_DEFAULT_REGION": "eu-west-1"}, ", region 'eu-north-1')"),
        ({"AWS_ENDPOINT_URL": "https://s3.example.com/"}, ", endpoint 's3.example.com')"),
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:9000"}, _HTTP),
        ({"AWS_ENDPOINT_URL_S3": "http://127.0.0.1:9000", "AWS_ENDPOINT_URL": "https://other"}, _HTTP),
    ],
)
def test_secret_says_what_the_environment_says(more: dict[str, str], rest: str) -> None:
    assert secret_statement(_KEYS | more) == _BASE + rest


@pytest.mark.parametrize("missing", sorted(_KEYS))
def test_half_a_credential_is_none(missing: str) -> None:
    environment = _KEYS | {missing: ""}
    assert secret_statement(environment) is None
    with duckdb.connect() as connection:
        use_bucket_credentials(connection, "a/folder", environment)
        use_bucket_credentials(connection, None, environment)
        with pytest.raises(SettingsError, match="s3://bucket/agents: no credentials found; set AWS_ACCESS_KEY_ID"):
            use_bucket_credentials(connection, "s3://bucket/agents", environment)


def test_an_error_never_shows_the_secret() -> None:
    # Without the httpfs extension DuckDB knows no secret of type s3.
    config = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    with duckdb.connect(config=config) as connection, pytest.raises(SettingsError) as caught:
        use_bucket_credentials(connection, None, _KEYS)
    assert "secret" not in str(caught.value)
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("endpoint", ["localhost:9000", "ftp://host", "https://user:pass@host"])
def test_endpoint_that_is_no_http_url_is_refused(endpoint: str) -> None:
    with pytest.raises(SettingsError, match="AWS_ENDPOINT_URL") as caught:
        secret_statement(_KEYS | {"AWS_ENDPOINT_URL": endpoint})
    assert "pass" not in str(caught.value)


@dataclass(frozen=True)
class Bucket:
    """A bucket on an S3 server of the test: its URL, its folder, and how each request was signed."""

    url: str
    folder: Path
    signatures: list[str] = field(default_factory=list)

    def objects(self) -> list[Path]:
        """The Parquet objects in the bucket."""
        return sorted(self.folder.rglob("*.parquet"))


@pytest.fixture
def bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    found = Bucket("s3://flights/agents", tmp_path / "s3" / "flights")
    found.folder.mkdir(parents=True)

    class Handler(localbucket.S3Handler):
        data_root = tmp_path / "s3"

        def parse_request(self) -> bool:
            # The server checks no signature: the test looks at them instead.
            parsed = super().parse_request()
            found.signatures.append(self.headers.get("Authorization", "") if parsed else "")
            return parsed

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    for name, value in (_KEYS | {"AWS_REGION": "eu-north-1"}).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", f"http://127.0.0.1:{server.server_port}")
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


def _steps(run_id: str, count: int) -> list[dict[str, object]]:
    said = {"run_id": run_id, "type": "model_call", "model": "gpt-4.1", "tokens_in": 100, "cost_usd": 0.25}
    return [said | {"step": step, "ts": f"2026-11-11T10:00:{step % 60:02}Z"} for step in range(1, count + 1)]


_RUNS = "select run_id, steps, input_tokens, cost_usd::double from facts.runs order by run_id"


@pytest.mark.lake
@pytest.mark.slow
def test_lake_in_a_bucket_keeps_its_figures_and_remembers_where_it_is(new_lake: StoreAddress, bucket: Bucket) -> None:
    with running(new_lake.url, bucket.url) as collector:
        assert counts(collector.send(events(*_steps("r1", 40)))) == [(40, 40, 0, 0, 0)]
    # Stopped: inlined rows are flushed to the bucket.
    assert bucket.objects()
    assert all(path.is_relative_to(bucket.folder / "agents") for path in bucket.objects())
    assert bucket.signatures
    assert all("Credential=AKIATEST/" in said and "/eu-north-1/s3/" in said for said in bucket.signatures)

    with running(new_lake.url) as collector:
        assert collector.rows(_RUNS) == [("r1", 40, 4000, 10.0)]
        assert counts(collector.send(events(*_steps("r1", 40)))) == [(40, 0, 40, 0, 0)]


@pytest.mark.lake
@pytest.mark.slow
def test_two_collectors_of_a_lake_in_a_bucket(new_lake: StoreAddress, bucket: Bucket) -> None:
    with running(new_lake.url, bucket.url) as first, running(new_lake.url) as second:
        futures = [
            collector.pipeline.submit(events(*_steps(run_id, 40)))
            for run_id in ("r1", "r2", "r3")
            for collector in (first, second)
        ]
        receipts = [future.result(60) for future in futures]
        assert sum(r.stored for r in receipts) == sum(r.duplicate for r in receipts) == 120
    assert bucket.objects()
    with running(new_lake.url) as collector:
        assert collector.rows(_RUNS) == [(run_id, 40, 4000, 10.0) for run_id in ("r1", "r2", "r3")]
