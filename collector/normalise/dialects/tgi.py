"""Text Generation Inference: the server's spans have plain names, and numbers as text."""

from collections.abc import Iterator

from collector.normalise.dialects import Dialect, Said
from collector.normalise.part import Part

_PER_CALL = "time_per_token"
_TOKENS = {"input_tokens": "prompt_tokens", "output_tokens": "generated_tokens"}


def read(part: Part) -> Iterator[Said]:
    """A span with a time per token is a model call; kinds.csv knows the router's other spans by their module."""
    for row in part.rows:
        yield Said(row, "kind", "model_call", _PER_CALL)
    for field, key in _TOKENS.items():
        for row, text in part.values(key).items():
            if str(text).isdecimal():
                yield Said(row, field, int(str(text)), key)


DIALECT = Dialect("tgi", read, keys=(_PER_CALL,))
