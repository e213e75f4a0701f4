"""Strands Agents: what was said stands in span events; the time to the first token is in milliseconds."""

from collections.abc import Iterator

import orjson

from collector.normalise.asked import asked_for
from collector.normalise.dialects import Dialect, Said
from collector.normalise.documents import as_document
from collector.normalise.part import Part

_FIRST_CHUNK = "gen_ai.server.time_to_first_token"
_NO_PROVIDER = "strands-agents"
_CHOICE, _DETAILS = "gen_ai.choice", "gen_ai.client.inference.operation.details"
_SAID = {"model_call", "tool_call", "agent"}


def read(part: Part) -> Iterator[Said]:
    """Times in their unit, contents out of events, no provider that none can price."""
    for row, elapsed_ms in part.values(_FIRST_CHUNK).items():
        yield Said(row, "time_to_first_token_ms", elapsed_ms, _FIRST_CHUNK)
    for row, provider in part.said("provider").items():
        if provider == _NO_PROVIDER:
            yield Said(row, "provider", None, "gen_ai.system")
    for row in part.rows_with_events():
        if part.kind(row) in _SAID:
            yield from _contents(part, row)


def _contents(part: Part, row: int) -> Iterator[Said]:
    messages = []
    for event in part.events(row):
        name, said = str(event["name"]), event["attributes"]
        if not isinstance(said, dict):
            continue
        if name == _CHOICE and isinstance(said.get("message"), str):
            yield from _answer(row, said["message"], f"event:{name}.message")
        elif name == _DETAILS:
            yield from _details(row, said)
        elif name.startswith("gen_ai.") and name.endswith(".message"):
            content = as_document(said.get("content"))
            messages.append(
                {"role": name.split(".")[1], "content": said.get("content") if content is None else content}
            )
    if messages:
        yield Said(row, "input", orjson.dumps(messages).decode(), "event:gen_ai.user.message.content")


def _answer(row: int, message: str, key: str) -> Iterator[Said]:
    yield Said(row, "output", message, key)
    if asked := asked_for(as_document(message)):
        yield Said(row, "requested_call_ids", asked, key)


def _details(row: int, said: dict[str, object]) -> Iterator[Said]:
    """The newer form: one event with both sides."""
    asking, answer = said.get("gen_ai.input.messages"), said.get("gen_ai.output.messages")
    if isinstance(asking, str):
        yield Said(row, "input", asking, f"event:{_DETAILS}.gen_ai.input.messages")
    if isinstance(answer, str):
        yield from _answer(row, answer, f"event:{_DETAILS}.gen_ai.output.messages")


DIALECT = Dialect("strands", read, scopes=("strands",))
