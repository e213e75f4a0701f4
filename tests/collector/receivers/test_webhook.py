"""Webhooks over HTTP: a signed body is one verification, what no mapping knows is kept, nothing unsigned is stored."""

import asyncio
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from collector.pipeline import Pipeline
from collector.receivers.limits import Limits
from collector.receivers.options import Listen
from collector.receivers.server import HttpOptions, build_app
from collector.receivers.webhook import webhook_route
from collector.receivers.webhook_signature import hmac_hex
from collector.replay import replay
from collector.serve import running
from collector.settings import Settings
from collector.settings_webhooks import WebhookSettings
from collector.store import Store, open_store

DESK = WebhookSettings(
    name="desk",
    secret="hush",
    scheme="github",
    fields={
        "status": "ticket.state",
        "outcome_id": "/ticket/id",
        "run_id": "ticket.tags.0",
        "checked_at": "at",
        "value_usd": "ticket.paid",
        "evidence": "url",
        "event_id": "event",
    },
    statuses={"closed": "success", "reopened": "reversed", "true": "failure", "new": "ignore"},
    outcome="ticket_closed",
    value_unit="cents",
)
CLOSED: dict[str, Any] = {
    "ticket": {"state": "closed", "id": 4711, "tags": ["r-1"], "paid": 1250},
    "at": "2026-11-10T12:00:00Z",
    "url": "https://desk.example/4711",
}
STORED = "select run_id, outcome_id, outcome, verified, checked_by, method, value_usd::varchar as value_usd, evidence"


@dataclass
class Hook:
    """A store behind the app, its token set: webhooks have none."""

    store: Store
    pipeline: Pipeline

    def post(self, body: bytes, secret: str = DESK.secret, name: str = "desk", **headers: str) -> httpx.Response:
        signed = {"x-hub-signature-256": "sha256=" + hmac_hex(secret.encode(), body)} | headers
        route = webhook_route(self.pipeline, Limits(max_body_bytes=2000), [DESK], "/base")
        options = HttpOptions(Listen(token="token"), Limits(), "/base")
        app = build_app(self.pipeline, options, [route])

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=app)
            async with httpx.AsyncClient(transport=transport, base_url="http://tunnel.example") as client:
                return await client.post(f"/base/v1/webhooks/{name}", content=body, headers=signed)

        return asyncio.run(send())

    def rows(self, sql: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.store.cursor().execute(sql).to_arrow_table().to_pylist()
        return found


@pytest.fixture(scope="module")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("webhooks") / "empty.duckdb"
    open_store(str(path)).close()
    return path


@pytest.fixture
def hook(empty_store: Path, tmp_path: Path) -> Iterator[Hook]:
    shutil.copy(empty_store, tmp_path / "store.duckdb")
    store = open_store(str(tmp_path / "store.duckdb"))
    pipeline = Pipeline(store)
    pipeline.start()
    yield Hook(store, pipeline)
    pipeline.stop()
    store.close()


def said(**changed: Any) -> bytes:
    return json.dumps(CLOSED | changed).encode()


def test_a_signed_body_is_a_verification_once_however_often_it_comes(hook: Hook) -> None:
    answers = [hook.post(said()).json() for _ in range(2)]
    assert [(answer["stored"], answer["duplicate"]) for answer in answers] == [(1, 0), (0, 1)]
    assert hook.rows(f"{STORED} from ledger.verifications") == [
        {
            "run_id": "r-1",
            "outcome_id": "4711",
            "outcome": "ticket_closed",
            "verified": "success",
            "checked_by": "desk",
            "method": "system_of_record",
            "value_usd": "12.500000000",
            "evidence": "https://desk.example/4711",
        }
    ]
    assert hook.rows("select source, stored::int as stored from ledger.batches order by batch_id") == [
        {"source": "webhook", "stored": 1}, {"source": "webhook", "stored": 0}
    ]  # fmt: skip


def test_the_same_said_again_later_is_another_check_by_its_event_id(hook: Hook) -> None:
    for event, state in (("1", "closed"), ("2", "reopened"), ("3", "closed"), ("3", "closed")):
        hook.post(said(event=event, at=None, ticket=CLOSED["ticket"] | {"state": state}))
    found = hook.rows("select verified from ledger.verifications order by batch_id")
    assert [row["verified"] for row in found] == ["success", "reversed", "success"]


@pytest.mark.parametrize("headers", [{}, {"x-hub-signature-256": "sha256=" + 64 * "0"}, {"x-hub-signature-256": ""}])
def test_a_wrong_signature_is_401_and_leaves_nothing(hook: Hook, headers: dict[str, str]) -> None:
    answer = hook.post(said(), "wrong", **headers)
    assert (answer.status_code, answer.json()["retry"]) == (401, False)
    assert hook.rows("select 1 as found from ledger.batches") == []


KEPT = [
    # what came, status, reason
    (said(ticket=CLOSED["ticket"] | {"state": "merged"}), 200, "webhook desk: status 'merged' is not in its statuses"),
    (said(ticket={"id": 1}), 200, "webhook desk: nothing stands at ticket.state (status)"),
    (said(ticket={"state": True}), 200, "webhook desk: run_id: missing"),
    (said(at="soon"), 200, "webhook desk: checked_at: expected RFC 3339"),
    (said(ticket=CLOSED["ticket"] | {"paid": "a lot"}), 200, "webhook desk: value_usd: no amount, but 'a lot'"),
    (b'{"ticket":', 400, "the body is not JSON"),
    (b"[1,\n2]", 400, "the body is not a JSON object"),
]


@pytest.mark.parametrize(("body", "status", "reason"), KEPT, ids=[reason for _, _, reason in KEPT])
def test_what_the_mapping_does_not_know_is_kept_with_its_reason(
    hook: Hook, body: bytes, status: int, reason: str
) -> None:
    answer = hook.post(body)
    assert answer.status_code == status
    assert "retry" not in answer.json() or answer.json()["retry"] is False
    (kept,) = hook.rows("select reason, raw, source, origin from ledger.rejects")
    assert kept["reason"].startswith(reason)
    assert (bytes(kept["raw"]), kept["source"], kept["origin"]) == (body, "webhook", "webhook desk")
    assert hook.rows("select 1 as found from ledger.verifications") == []


def test_what_was_kept_is_read_again_by_a_better_mapping(hook: Hook) -> None:
    hook.post(json.dumps(CLOSED | {"ticket": CLOSED["ticket"] | {"state": "merged"}}, indent=1).encode())
    better = WebhookSettings(
        name="desk", secret="hush", scheme="github", fields=DESK.fields, statuses={"merged": "success"}
    )
    assert replay(hook.store, hook.pipeline, None, [better]).stored == 1
    assert hook.rows("select run_id, verified from ledger.verifications") == [{"run_id": "r-1", "verified": "success"}]


def test_what_is_to_be_ignored_is_answered_and_not_kept(hook: Hook) -> None:
    answer = hook.post(said(ticket=CLOSED["ticket"] | {"state": "new"}))
    assert (answer.status_code, answer.json()) == (200, {"ignored": 1})
    assert hook.rows("select 1 as found from ledger.batches") == []


def test_a_collector_takes_what_its_settings_describe(tmp_path: Path) -> None:
    settings = Settings(store=str(tmp_path / "store.duckdb"), grpc_port=0, http_port=0, token="token", webhooks=(DESK,))
    signature = "sha256=" + hmac_hex(DESK.secret.encode(), said())
    with running(settings) as collector:
        url = f"{collector.http_url}/v1/webhooks/desk"
        answer = httpx.post(url, content=said(), headers={"x-hub-signature-256": signature}, timeout=60)
        assert (answer.status_code, answer.json()["stored"]) == (200, 1)
        assert httpx.post(f"{collector.http_url}/v1/events", content=b"{}", timeout=60).status_code == 401


def test_other_names_and_bodies_that_are_too_large_are_refused(hook: Hook) -> None:
    assert hook.post(said(), name="payments").status_code == 404
    assert hook.post(said(padding="x" * 2000)).status_code == 413
