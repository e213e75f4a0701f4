"""smolagents (Hugging Face): what OpenInference's indexed keys leave out."""

import re
from collections.abc import Iterator

from collector.normalise.dialects import Dialect, Said
from collector.normalise.part import Part

_OUTPUT = "output.value"
_USAGE = "usage=CompletionUsage("
_BUCKETS = {
    "cache_read_tokens": re.compile(r"\bcached_tokens=(\d+)"),
    "reasoning_tokens": re.compile(r"\breasoning_tokens=(\d+)"),
}
_ID = re.compile(r"^ChatCompletion\(id='([^']+)'")


def read(part: Part) -> Iterator[Said]:
    """The usage inside of the answer's repr; the tool that only hands over the final answer is no tool call."""
    kinds = part.texts("openinference.span.kind")
    for row, kind in kinds.items():
        if kind == "TOOL" and part.name(row) == "FinalAnswerTool":
            yield Said(row, "kind", "other", "span name")
            yield Said(row, "name", "final_answer", "tool.name")
    for row, answer in part.documents(_OUTPUT, [row for row, kind in kinds.items() if kind == "LLM"]).items():
        if isinstance(answer, dict) and isinstance(answer.get("raw"), str):
            yield from _raw(row, answer["raw"])


def _raw(row: int, raw: str) -> Iterator[Said]:
    if found := _ID.match(raw):
        yield Said(row, "response_id", found[1], f"{_OUTPUT}.raw.id")
    # The model's own words come before the usage: what they say of tokens is not believed.
    _, said, usage = raw.rpartition(_USAGE)
    for field, pattern in _BUCKETS.items() if said else ():
        if found := pattern.search(usage):
            yield Said(row, field, int(found[1]), f"{_OUTPUT}.raw.usage")


DIALECT = Dialect("smolagents", read, scopes=("openinference.instrumentation.smolagents",), rank=10)
