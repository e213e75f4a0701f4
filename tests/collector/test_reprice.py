"""Prices made anew: a version is appended, its differences are kept, and the old totals come out as they were."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import httpx
import pytest

from collector.cli import run
from collector.client import CollectorClient
from collector.commands.exits import Exit
from collector.errors import InvalidBody, QueryError
from collector.serve import Collector, running
from collector.settings import Settings
from tests.collector.cli_runs import unused_ports

EVENTS = "\n".join(
    json.dumps(
        {
            "run_id": "r", "step": step, "type": "model_call", "provider": "vllm", "model": model,
            "tokens_in": 1_000_000, "tokens_out": 0, "ts": f"2026-11-{day:02}T10:00:00Z",
        }
    )
    for step, model, day in ((1, "acme-7b", 9), (2, "acme-7b", 10), (3, "other", 17))
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, port in unused_ports().items():
        monkeypatch.setenv(name, port)
    (tmp_path / "events.jsonl").write_text(EVENTS)
    return tmp_path


def own_price(folder: Path, usd: int) -> None:
    (folder / "tachograph.toml").write_text(f'[[prices]]\nmodel = "acme-*"\ninput_usd_per_mtok = {usd}\n')


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    capsys.readouterr()
    assert run(["query", *arguments, "--format", "json"]) == Exit.DONE
    rows: list[dict[str, object]] = json.loads(capsys.readouterr().out, parse_float=Decimal)["rows"]
    return rows


def test_a_repricing_appends_says_what_changed_and_keeps_the_old_totals(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", "events.jsonl"]) == Exit.DONE
    (first,) = answer(capsys, "price_versions")
    own_price(folder, 2)
    assert run(["reprice", "--since", "2026-11-10"]) == Exit.DONE
    printed = capsys.readouterr().out
    assert "2026-W46" in printed
    assert "2.000000000" in printed
    newest, oldest = answer(capsys, "price_versions")
    assert oldest == first
    assert newest["since_day"] == "2026-11-10"
    changes = answer(capsys, "price_repricings")
    assert [(row["week"], row["model"], row["usd_before"], row["usd_after"]) for row in changes] == [
        ("2026-W46", "acme-7b", None, 2), ("2026-W47", "other", None, None)
    ]  # fmt: skip
    now = answer(capsys, "model_costs_as_of")
    assert [(row["week"], row["priced_calls"], row["usd"]) for row in now] == [
        ("2026-W46", 1, 2), ("2026-W47", 0, None)
    ]  # fmt: skip
    then = answer(capsys, "model_costs_as_of", "-p", f"price_version={first['price_version']}")
    assert [row["usd"] for row in then] == [None, None]
    (total,) = answer(capsys, "run_totals")
    assert total["cost_usd"] == 2


def test_prices_shows_unknown_models_first(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own_price(folder, 2)
    assert run(["import", "events.jsonl"]) == Exit.DONE
    capsys.readouterr()
    assert run(["prices"]) == Exit.DONE
    lines = capsys.readouterr().out.splitlines()
    rows = [line.split() for line in lines if line.startswith("vllm")]
    assert [row[1] for row in rows] == ["other", "acme-7b"]
    assert "runs on one's own machine" in next(line for line in lines if "other" in line)
    (unknown,) = answer(capsys, "unpriced_models")
    assert (unknown["model"], unknown["calls"]) == ("other", 1)


@pytest.mark.parametrize(("since", "said"), [("soon", "must be a day such as"), ("2999-01-01", "has not come yet")])
def test_a_day_that_is_none_is_refused(folder: Path, capsys: pytest.CaptureFixture[str], since: str, said: str) -> None:
    assert run(["reprice", "--since", since]) == Exit.USAGE
    assert said in capsys.readouterr().err


@pytest.fixture
def collector(tmp_path: Path) -> Iterator[Collector]:
    with running(Settings(store=str(tmp_path / "a.duckdb"), grpc_port=0, http_port=0)) as collector:
        yield collector


def test_a_running_collector_reprices_through_its_api(collector: Collector) -> None:
    httpx.post(f"{collector.http_url}/v1/events", content=EVENTS, headers={"Content-Type": "application/x-ndjson"})
    done = CollectorClient(collector.http_url).reprice("2026-11-10", "")
    assert done.since_day == "2026-11-10"
    assert done.price_version_before is not None
    assert done.price_version > done.price_version_before
    assert collector.pipeline.pricing.version == done.price_version


def test_a_collector_with_other_prices_than_the_callers_refuses(collector: Collector) -> None:
    with pytest.raises(QueryError, match="restart it"):
        CollectorClient(collector.http_url).reprice("2026-11-10", "another")


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ('{"since": "2026-11-10"}', "text/plain", 415),
        ("nonsense", "application/json", 400),
        ('{"since": 5}', "application/json", 400),
        ('{"since": "soon"}', "application/json", 400),
        ("[]", "application/json", 400),
    ],
)
def test_a_request_that_is_none_is_refused(collector: Collector, body: str, content_type: str, status: int) -> None:
    url = f"{collector.http_url}/api/v1/prices/reprice"
    assert httpx.post(url, content=body, headers={"Content-Type": content_type}).status_code == status


def test_errors_of_the_collector_come_as_its_own_words(collector: Collector) -> None:
    with pytest.raises((QueryError, InvalidBody), match="must be a day"):
        CollectorClient(collector.http_url).reprice("soon", "")
