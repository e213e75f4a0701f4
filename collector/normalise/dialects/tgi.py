"""Text Generation Inference: the server's spans have plain names, and numbers as text."""

from collections.abc import Iterator

from collector.normalise.dialects import Dialect, Said
from collector.normalise.part import Part

_CODE, _OURS = "code.namespace", "text_generation_router"
_PER_CALL = "time_per_token"
_TOKENS = {"input_tokens": "prompt_tokens", "output_tokens": "generated_tokens"}


def read(part: Part) -> Iterator[Said]:
    """A span with a time per token is a model call; the router's other spans are how it came about."""
    calls = part.values(_PER_CALL)
    for row in calls:
        yield Said(row, "kind", "model_call", _PER_CALL)
    for row, module in part.texts(_CODE).items():
        if module.startswith(_OURS) and row not in calls:
            yield Said(row, "kind", "plumbing", _CODE)
    for field, key in _TOKENS.items():
        for row, text in part.values(key).items():
            if row in calls and str(text).isdecimal():
                yield Said(row, field, int(str(text)), key)


DIALECT = Dialect("tgi", read, keys=(_PER_CALL, _CODE))
