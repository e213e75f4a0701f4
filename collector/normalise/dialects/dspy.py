"""DSPy, through OpenInference: the end of a ReAct loop is no tool call."""

from collections.abc import Iterator

from collector.normalise.dialects import Dialect, Said
from collector.normalise.part import Part

# dspy.ReAct gives its loop one more tool, `finish`: to call it is to say that the loop is done.
_FINISH = "finish.__call__"


def read(part: Part) -> Iterator[Said]:
    """The tool `finish` of dspy.ReAct is an ordinary step."""
    for row, kind in part.texts("openinference.span.kind").items():
        if kind == "TOOL" and part.name(row) == _FINISH:
            yield Said(row, "kind", "other", "span name")


DIALECT = Dialect("dspy", read, scopes=("openinference.instrumentation.dspy",), rank=10)
