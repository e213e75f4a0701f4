"""Logfire's instrumentation of model clients: request and response as JSON of the client's own objects."""

from collections.abc import Iterator

from collector.normalise.dialects import Dialect, Said
from collector.normalise.part import Part

_REQUEST, _RESPONSE = "request_data", "response_data"
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
    """The model that was asked for, and usage, where no attribute has it."""
    models = part.said("request_model")
    for row, request in part.documents(_REQUEST).items():
        if isinstance(request, dict) and isinstance(request.get("model"), str) and row not in models:
            yield Said(row, "request_model", request["model"], f"{_REQUEST}.model")
    known = {field: part.said(field) for field in _PATHS}
    for row, response in part.documents(_RESPONSE).items():
        usage = response.get("usage") if isinstance(response, dict) else None
        for field, paths in _PATHS.items():
            for path in paths if row not in known[field] else ():
                value = _at(usage, path)
                if isinstance(value, int):
                    yield Said(row, field, value, ".".join((_RESPONSE, "usage", *path)))
                    break


def _at(document: object, path: tuple[str, ...]) -> object:
    for name in path:
        document = document.get(name) if isinstance(document, dict) else None
    return document


DIALECT = Dialect("logfire", read, scopes=("logfire",))
