"""The endpoint as clients find it: the SDKs, MCP's own client, and plain HTTP."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from collector.replay_live.endpoint import build_app
from collector.replay_live.live import LiveModel
from collector.replay_live.model import Recording
from collector.replay_live.recording import recording_of
from collector.replay_live.serving import serving
from collector.replay_live.session import Divergence, Session
from tests.collector.replay_live.records import CALL, USER, model_row, tool_row, two_calls

BOTH = {**CALL, "content": "I look."}
SCHEMA = {"type": "object", "properties": {"id": {"type": "integer"}}}


@contextmanager
def endpoint(recording: Recording, **more: Any) -> Iterator[tuple[str, Session]]:
    live = more.pop("live", None)
    session = Session(recording, **more)
    with serving(build_app(session, live)) as url:
        yield url, session


def one(said: object, **more: Any) -> Recording:
    return recording_of("r", [model_row("a", [USER], said, input_tokens=70, output_tokens=9, **more)])


@pytest.mark.parametrize("is_streamed", [False, True])
def test_openai_chat(is_streamed: bool) -> None:
    openai = pytest.importorskip("openai")
    with endpoint(one([BOTH])) as (url, _), openai.OpenAI(base_url=f"{url}/v1", api_key="k") as client:
        asked: dict[str, Any] = {"model": "m", "messages": [USER]}
        if is_streamed:
            with client.chat.completions.stream(**asked, stream_options={"include_usage": True}) as stream:
                found = stream.get_final_completion()
        else:
            found = client.chat.completions.create(**asked)
    [choice] = found.choices
    [call] = choice.message.tool_calls
    assert (choice.message.content, choice.finish_reason) == ("I look.", "tool_calls")
    assert (call.id, call.function.name, call.function.arguments) == ("c1", "look_up", '{"id":1}')
    assert (found.usage.prompt_tokens, found.usage.completion_tokens) == (70, 9)


@pytest.mark.parametrize("is_streamed", [False, True])
def test_openai_responses(is_streamed: bool) -> None:
    openai = pytest.importorskip("openai")
    with endpoint(one([BOTH])) as (url, _), openai.OpenAI(base_url=f"{url}/v1", api_key="k") as client:
        asked: dict[str, Any] = {"model": "m", "input": USER["content"]}
        if is_streamed:
            with client.responses.stream(**asked) as stream:
                found = stream.get_final_response()
        else:
            found = client.responses.create(**asked)
    call = found.output[1]
    assert (found.output_text, found.status) == ("I look.", "completed")
    assert (call.call_id, call.name, call.arguments) == ("c1", "look_up", '{"id":1}')
    assert (found.usage.input_tokens, found.usage.output_tokens) == (70, 9)


@pytest.mark.parametrize("is_streamed", [False, True])
def test_anthropic(is_streamed: bool) -> None:
    anthropic = pytest.importorskip("anthropic")
    with (
        endpoint(one([BOTH], cache_read_tokens=20)) as (url, _),
        anthropic.Anthropic(base_url=url, api_key="k") as client,
    ):
        asked: dict[str, Any] = {"model": "m", "max_tokens": 10, "messages": [USER]}
        if is_streamed:
            with client.messages.stream(**asked) as stream:
                found = stream.get_final_message()
        else:
            found = client.messages.create(**asked)
    text, call = found.content
    assert (text.text, found.stop_reason) == ("I look.", "tool_use")
    assert (call.id, call.name, call.input) == ("c1", "look_up", {"id": 1})
    # This API says what was cached beside the input, not in it.
    assert (found.usage.input_tokens, found.usage.cache_read_input_tokens, found.usage.output_tokens) == (50, 20, 9)


@pytest.mark.parametrize("sdk", ["openai", "anthropic"])
def test_a_recorded_failure_comes_once_although_sdks_try_again(sdk: str) -> None:
    module = pytest.importorskip(sdk)
    error = {"status": "error", "error_type": "RateLimitError", "error_message": "slow down"}
    with endpoint(one(None, **error)) as (url, session):
        if sdk == "openai":
            create = module.OpenAI(base_url=f"{url}/v1", api_key="k").chat.completions.create
        else:
            create = module.Anthropic(base_url=url, api_key="k").messages.create
        with pytest.raises(module.RateLimitError, match="slow down"):
            create(model="m", messages=[USER], max_tokens=10)
    assert (session.stop, session.left()) == (None, ())


def recorded_tools() -> Recording:
    tools = [{"type": "function", "function": {"name": "look_up", "description": "Look up.", "parameters": SCHEMA}}]
    rows = [model_row("a", {"messages": [USER], "tools": tools}, [CALL])]
    return recording_of(
        "r", [*rows, tool_row("b", "look_up", {"id": 1}, "paid 5"), tool_row("c", "pay", {}, "no", status="error")]
    )


def test_mcp_with_its_own_client() -> None:
    pytest.importorskip("mcp")
    from mcp import Client

    async def talk(url: str) -> None:
        async with Client(f"{url}/mcp") as client:
            listed = {tool.name: tool for tool in (await client.list_tools()).tools}
            assert list(listed) == ["look_up", "pay"]
            assert (listed["look_up"].description, listed["look_up"].input_schema) == ("Look up.", SCHEMA)
            found = await client.call_tool("look_up", {"id": 1})
            assert (found.content[0].text, found.is_error) == ("paid 5", False)
            assert (await client.call_tool("pay", {})).is_error

    with endpoint(recorded_tools()) as (url, session):
        asyncio.run(talk(url))
    assert (session.stop, session.served_tools) == (None, 2)


def test_mcp_says_what_it_has_not() -> None:
    with endpoint(recorded_tools()) as (url, session):

        def ask(method: str, **params: object) -> Any:
            body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
            return httpx.post(f"{url}/mcp", json=body).json()["error"]

        assert ask("resources/list")["code"] == -32601
        assert ask("tools/call")["code"] == -32602
        assert "parted from the record" in ask("tools/call", name="look_up", arguments={"id": 2})["message"]
        assert (
            httpx.post(f"{url}/mcp", json={"jsonrpc": "2.0", "method": "notifications/initialized"}).status_code == 202
        )
        assert httpx.get(f"{url}/mcp").status_code == 405
        assert httpx.post(f"{url}/mcp", content=b"{").status_code == 400
    assert isinstance(session.stop, Divergence)


def test_a_stop_is_an_error_that_names_the_step_and_nothing_that_was_logged() -> None:
    with endpoint(two_calls()) as (url, session):
        body = {"model": "m", "messages": [{"role": "user", "content": "sesame"}]}
        found = [httpx.post(f"{url}/v1/chat/completions", json=body) for _ in range(2)]
    assert [(each.status_code, each.headers["x-should-retry"]) for each in found] == [(400, "false")] * 2
    said = found[0].json()["error"]["message"]
    assert "parted from the record at step 1" in said
    assert "sesame" not in said
    assert session.stopped.is_set()


def test_other_paths_and_bodies_are_refused_by_name() -> None:
    with endpoint(two_calls()) as (url, session):
        unknown = httpx.post(f"{url}/v1/embeddings", json={})
        assert (unknown.status_code, unknown.headers["x-should-retry"]) == (404, "false")
        assert "it has no answer to POST /v1/embeddings" in unknown.json()["error"]["message"]
        assert httpx.post(f"{url}/v1/chat/completions", content=b"[]").status_code == 400
        assert [each["id"] for each in httpx.get(f"{url}/v1/models").json()["data"]] == ["m"]
        # A name that a web page made point here.
        assert httpx.get(f"{url}/v1/models", headers={"host": "evil.example"}).status_code == 400
    assert session.stop is None
    assert session.notes() == ("POST /v1/embeddings was asked for: the replay has no answer for that",)


@pytest.mark.parametrize(
    ("path", "header", "value"),
    [("chat/completions", "authorization", "Bearer real"), ("messages", "x-api-key", "real")],
)
def test_the_live_model_gets_the_request_and_our_own_key(path: str, header: str, value: str) -> None:
    """The live model here is another endpoint, with a record that answers."""
    seen: dict[str, str] = {}

    class Listening(LiveModel):
        def ask(self, api: str, body: bytes, headers: Any) -> Any:
            seen.update(self._key(api))
            return super().ask(api, body, headers)

    with endpoint(one("live answer")) as (live_url, _):
        live = Listening(f"{live_url}/v1", {"OPENAI_API_KEY": "real", "ANTHROPIC_API_KEY": "real"})
        with endpoint(one("old answer"), from_number=1, live=live) as (url, session):
            body = {"model": "m", "max_tokens": 5, "messages": [USER], "stream": True}
            found = httpx.post(f"{url}/v1/{path}", json=body, headers={header: "dummy"})
    assert found.status_code == 200
    assert found.headers["content-type"].startswith("text/event-stream")
    assert "live answer" in found.text
    assert seen == {header: value}
    assert session.live_calls == 1


def test_a_live_model_that_does_not_answer_is_named() -> None:
    with endpoint(one("x"), from_number=1, live=LiveModel("http://127.0.0.1:9", {})) as (url, session):
        found = httpx.post(f"{url}/v1/chat/completions", json={"model": "m", "messages": [USER]})
    assert found.status_code == 502
    assert session.notes()[0].startswith("the live model at 127.0.0.1 does not answer")
