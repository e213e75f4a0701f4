"""Logfire's instrumentation of model clients: request and response as JSON of the client's own objects."""

from collections.abc import Iterator

from collector.normalise.dialects import Dialect, Said
from collector.normalise.part import Part

_REQUEST, _RESPONSE, _USAGE = "request_data", "response_data", "gen_ai.usage.raw"
_TEXT = "logfire.msg"
_PATHS = {
    "input_tokens": (("prompt_tokens",), ("input_tokens",)),
    "output_tokens": (("completion_tokens",), ("output_tokens",)),
    "total_tokens": (("total_tokens",),),
    "cache_read_tokens": (
        ("prompt_tokens_details", "cached_tokens"),
        ("input_tokens_details", "cached_tokens"),
        ("cache_read_input_tokens",),
    ),
    "cache_write_tokens": (("cache_creation_input_tokens",),),
    "reasoning_tokens": (
        ("completion_tokens_details", "reasoning_tokens"),
        ("output_tokens_details", "reasoning_tokens"),
    ),
}


def read(part: Part) -> Iterator[Said]:
    """Names that people can read, the model that was asked for, and usage, where no attribute has it.

    A streamed answer is two spans: the request, which knows nothing of the answer, and a log of the answer. The log is
    the model call; of a request that failed there is no log.
    """
    for row, text in part.texts(_TEXT).items():
        if part.kind(row) in ("other", "plumbing", "workflow"):
            yield Said(row, "name", text, _TEXT)
    models = part.said("request_model")
    answered = part.said("input_tokens").keys() | part.said("response_id").keys() | part.said("output").keys()
    for row, request in part.documents(_REQUEST).items():
        if not isinstance(request, dict):
            continue
        if isinstance(request.get("model"), str) and row not in models:
            yield Said(row, "request_model", request["model"], f"{_REQUEST}.model")
        if row not in answered and not part.is_error(row) and part.kind(row) == "model_call":
            yield Said(row, "kind", "plumbing", _REQUEST)
    known = {field: part.said(field) for field in _PATHS}
    for key in (_USAGE, _RESPONSE):
        for row, document in part.documents(key).items():
            usage = document.get("usage") if isinstance(document, dict) and key == _RESPONSE else document
            yield from _usage(row, usage, key, known)


def _usage(row: int, usage: object, key: str, known: dict[str, dict[int, object]]) -> Iterator[Said]:
    for field, paths in _PATHS.items():
        for path in paths if row not in known[field] else ():
            value = _at(usage, path)
            if isinstance(value, int):
                known[field][row] = value
                yield Said(row, field, value, ".".join((key, *path)))
                break


def _at(document: object, path: tuple[str, ...]) -> object:
    for name in path:
        document = document.get(name) if isinstance(document, dict) else None
    return document


DIALECT = Dialect("logfire", read, scopes=("logfire",), keys=("logfire.msg",))
