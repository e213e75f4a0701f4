"""Bodies that are almost right: real requests with bytes changed, JSON with the right keys and the wrong values."""

import itertools
import json
import re

import orjson
from hypothesis import strategies as st

from tests.collector.otlp import REQUESTS, fill, otlp_json


def _filled(signal: str, choice: int) -> bytes:
    message = REQUESTS[signal]()
    fill(message, itertools.count(1), choice)
    return bytes(message.SerializeToString())


PROTOBUF = {signal: [_filled(signal, choice) for choice in range(7)] for signal in REQUESTS}
JSON = {
    signal: [orjson.dumps(otlp_json(REQUESTS[signal].FromString(body))) for body in bodies]
    for signal, bodies in PROTOBUF.items()
}
EVENTS = [
    b'{"run_id":"a9c2...","step":1,"type":"model_call","model":"gpt-4.1","tokens_in":1420,"cost_usd":0.1,"latency_ms":820}',
    b'{"run_id":"a9c2...","step_id":"x","parent":1,"type":"tool_call","tool":"t","input":{"a":[1]},"ts":"2026-11-18T00:00:00Z"}',
    b'{"run_id":"a9c2...","step":3,"type":"validator","rule":"cap","result":"pass","ts":1795000000}',
    b'{"run_id":"a9c2...","final":"success","cost_usd":0.41,"total_latency_ms":2150}',
    b'{"run_id":"a9c2...","type":"verification","verified":"success","checked_at":"2026-11-19T00:00:00+02:00","diff":[]}',
    b'{"outcome_id":"T-1","type":"cost","kind":"human","minutes":12.5}',
    b'{"run_id":"a9c2...","type":"annotation","step":1,"label":"blame","by":"me"}',
]

_edit = st.tuples(st.integers(0, 1 << 16), st.integers(0, 8), st.binary(max_size=8))


def edited(bodies: list[bytes]) -> st.SearchStrategy[bytes]:
    """One of the bodies with a few stretches of bytes replaced, and perhaps the end cut off."""
    return st.builds(
        _edit_all, st.sampled_from(bodies), st.lists(_edit, max_size=6), st.none() | st.integers(0, 1 << 16)
    )


def _edit_all(body: bytes, edits: list[tuple[int, int, bytes]], cut: int | None) -> bytes:
    for position, length, new in edits:
        at = position % (len(body) + 1)
        body = body[:at] + new + body[at + length :]
    return body if cut is None else body[: cut % (len(body) + 1)]


_keys = st.sampled_from(
    sorted({key.decode() for texts in JSON.values() for t in texts for key in re.findall(rb'"(\w+)":', t)})
)
_event_keys = st.sampled_from(sorted({key.decode() for line in EVENTS for key in re.findall(rb'"(\w+)":', line)}))
_scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**64), 2**65)
    | st.floats()
    | st.text()
    | st.sampled_from(
        ["NaN", "-Infinity", "1e400", "0" * 32, "ab" * 8, "2026-11-18", "9223372036854775808", "", "success"]
    )
)


def _documents(keys: st.SearchStrategy[str]) -> st.SearchStrategy[object]:
    return st.recursive(
        _scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys | st.text(), inner, max_size=6)
    )


def _written(document: object) -> bytes:
    """JSON as a careless sender writes it: NaN bare, surrogates escaped one by one."""
    return json.dumps(document).encode()


json_documents = _documents(_keys).map(_written)
event_documents = st.dictionaries(_event_keys, _documents(_event_keys), max_size=8).map(_written)
nested_texts = st.builds(
    lambda depth, opening, closing: opening * depth + closing * depth,
    st.integers(0, 3000),
    st.sampled_from([b"[", b'{"a":', b'{"arrayValue":{"values":[']),
    st.sampled_from([b"]", b"}", b"]}}"]),
)
