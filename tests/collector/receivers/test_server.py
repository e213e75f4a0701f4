"""The HTTP server as a part of the process: binding, TLS, host check, time-outs, stop."""

import asyncio
import gzip
import os
import re
import socket
import threading
from pathlib import Path

import grpc
import httpx
import pytest
import trustme
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from collector.errors import PortTaken, SettingsError
from collector.model import Receipt
from collector.receivers.limits import Limits
from collector.receivers.options import Listen, Tls
from collector.receivers.server import HttpOptions, HttpServer
from tests.collector.doors import ACCEPTED, JSON, NDJSON, PROTOBUF, AnsweringPipeline, WaitingPipeline


@pytest.fixture
def tls(tmp_path: Path) -> Tls:
    """A certificate for localhost; its own authority is appended, so that clients can be told to trust the file."""
    authority = trustme.CA()
    certificate = authority.issue_cert("localhost", "127.0.0.1")
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    for pem in (*certificate.cert_chain_pems, authority.cert_pem):
        pem.write_to_path(str(cert), append=True)
    certificate.private_key_pem.write_to_path(str(key))
    return Tls(cert, key)


def test_both_doors_speak_tls(doors, tls: Tls) -> None:
    door = doors(tls=tls)
    assert door.http.url.startswith("https://")
    assert door.post("/v1/traces", b"").status_code == 200
    assert door.export("traces", b"") == b""
    with httpx.Client() as plain, pytest.raises(httpx.TransportError):
        plain.get(f"http://127.0.0.1:{door.http.port}/healthz")
    with grpc.insecure_channel(f"127.0.0.1:{door.grpc.port}") as plain_channel, pytest.raises(grpc.RpcError):
        plain_channel.unary_unary("/grpc.health.v1.Health/Check")(b"", timeout=5)


@pytest.mark.parametrize("missing", ["cert", "key"])
def test_a_missing_tls_file_is_named(tls: Tls, missing: str) -> None:
    path = getattr(tls, missing)
    path.unlink()
    with pytest.raises(SettingsError, match=re.escape(str(path))):
        Listen(tls=tls)


def test_a_key_that_does_not_fit_is_said(tls: Tls, tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    trustme.CA().issue_cert("localhost").private_key_pem.write_to_path(str(other))
    with pytest.raises(SettingsError, match="TLS"):
        HttpServer(AnsweringPipeline(), HttpOptions(Listen(tls=Tls(tls.cert, other))))


def test_a_taken_port_is_said_plainly() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=f"HTTP cannot listen on 127.0.0.1:{port}"):
            HttpServer(AnsweringPipeline(), HttpOptions(Listen(port=port))).start()


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200),
        ("localhost:4318", 200),
        ("LOCALHOST", 200),
        ("[::1]:4318", 200),
        ("[::1]", 200),
        ("evil.example", 403),
        ("127.0.0.1.evil.example", 403),
        ("", 403),
    ],
)
def test_on_loopback_a_foreign_host_name_is_refused(doors, host: str, status: int) -> None:
    assert doors().client.get("/healthz", headers={"host": host}).status_code == status


def test_the_refusal_of_a_host_name_says_the_way_out(doors) -> None:
    response = doors().post("/v1/traces", b"{}", JSON, host="tachograph.example.com")
    assert (response.status_code, response.json()["code"]) == (403, 7)
    assert "'tachograph.example.com'" in response.json()["message"]
    assert "set a token" in response.json()["message"]


def test_with_a_token_any_host_name_is_answered(doors) -> None:
    door = doors(token="secret")
    assert door.post("/v1/traces", b"", host="tachograph.example.com", authorization="Bearer secret").status_code == 200


def test_routes_of_others_share_the_server_and_its_token() -> None:
    async def answer(_request: object) -> PlainTextResponse:
        return PlainTextResponse("rows")

    options = HttpOptions(Listen(token="secret"))
    server = HttpServer(AnsweringPipeline(), options, [Route("/api/v1/queries", answer)])
    server.start()
    assert server.started.wait(10)
    with httpx.Client(base_url=server.url) as client:
        refused = client.get("/api/v1/queries")
        assert (refused.status_code, refused.json()["retry"]) == (401, False)
        assert client.get("/api/v1/queries", headers={"authorization": "Bearer secret"}).text == "rows"
    server.stop()


def test_stop_answers_what_is_under_way() -> None:
    pipeline = WaitingPipeline()
    server = HttpServer(pipeline, HttpOptions())
    server.start()
    assert server.started.wait(10)
    answers: list[httpx.Response] = []

    def send() -> None:
        answers.append(
            httpx.post(f"{server.url}/v1/traces", content=b"", headers={"content-type": PROTOBUF}, timeout=30)
        )

    sender = threading.Thread(target=send)
    sender.start()
    assert pipeline.submitted.wait(10)
    stopper = threading.Thread(target=server.stop)
    stopper.start()
    pipeline.future.set_result(ACCEPTED)
    sender.join()
    stopper.join()
    assert [answer.status_code for answer in answers] == [200]
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{server.url}/healthz")


def test_a_sender_that_hangs_up_does_not_take_its_delivery_back(doors) -> None:
    pipeline = WaitingPipeline()
    door = doors(pipeline)
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{door.http.url}/v1/traces", content=b"", headers={"content-type": PROTOBUF}, timeout=0.5)
    assert not pipeline.future.cancelled()
    pipeline.future.set_result(ACCEPTED)
    assert door.client.get("/healthz").status_code == 200


def test_a_commit_that_takes_too_long_is_retried_by_the_sender(doors) -> None:
    door = doors(WaitingPipeline(), Limits(commit_timeout_s=0.05))
    assert door.post("/v1/traces", b"").status_code == 503
    with pytest.raises(grpc.RpcError) as raised:
        door.export("traces", b"")
    assert raised.value.code() is grpc.StatusCode.UNAVAILABLE


def test_a_body_that_does_not_arrive_is_408_and_ends_the_connection(doors) -> None:
    door = doors(limits=Limits(body_timeout_s=0.1))
    with socket.create_connection(("127.0.0.1", door.http.port), timeout=10) as slow:
        head = f"POST /v1/traces HTTP/1.1\r\nhost: localhost\r\ncontent-type: {JSON}\r\ncontent-length: 9\r\n\r\n{{"
        slow.sendall(head.encode())
        answer = b""
        while part := slow.recv(65536):
            answer += part
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"within 0.1 s" in answer


def test_a_large_compressed_body_does_not_hold_up_the_others(doors) -> None:
    seen: list[str] = []
    inner = asyncio.to_thread

    async def watched(function, *args):
        seen.append(function.__name__)
        return await inner(function, *args)

    door = doors()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncio, "to_thread", watched)
        assert door.post("/v1/traces", gzip.compress(os.urandom(100_000)), content_encoding="gzip").status_code == 200
        assert door.post("/v1/traces", b'{"x":"%s"}' % (b"x" * 100_000), JSON).status_code == 200
        assert door.post("/v1/traces", bytes(5 << 20)).status_code == 200
    assert seen == ["decompress", "request_bytes", "submit"]


def test_step_events_are_answered_with_their_receipt(doors) -> None:
    receipt = Receipt(
        batch_id=7, received=3, stored=1, duplicate=1, conflict=0, rejected=1, reasons=("line 2: no run_id",)
    )
    door = doors(AnsweringPipeline(receipt))
    response = door.post("/v1/events", b"{}\n{}\n{}\n", NDJSON)
    assert response.status_code == 200
    assert response.json() == {
        "received": 3,
        "stored": 1,
        "duplicate": 1,
        "conflict": 0,
        "rejected": 1,
        "reasons": ["line 2: no run_id"],
    }


@pytest.mark.parametrize(
    "content_type", ["application/x-ndjson; charset=utf-8", "application/jsonl", "application/ndjson"]
)
def test_step_events_have_several_media_types(doors, content_type: str) -> None:
    assert doors().post("/v1/events", b"", content_type).status_code == 200


@pytest.mark.parametrize("content_type", [JSON, PROTOBUF, "text/plain", None])
def test_step_events_in_other_media_types_are_415(doors, content_type: str | None) -> None:
    response = doors().post("/v1/events", b"", content_type)
    assert (response.status_code, response.headers["content-type"]) == (415, "text/plain; charset=utf-8")


def test_step_events_over_the_limit_are_413_in_json(doors) -> None:
    response = doors(limits=Limits(max_body_bytes=10)).post("/v1/events", b"x" * 11, NDJSON)
    assert (response.status_code, response.json()["retry"]) == (413, False)
