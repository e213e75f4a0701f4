"""Tools that a model wants called, and how such calls fail."""

from collections.abc import Mapping
from dataclasses import dataclass

from sample_data.model import Json


@dataclass(frozen=True, slots=True)
class Fault:
    """How a call fails, and after how long."""

    error_type: str
    message: str
    after_ms: int


@dataclass(frozen=True, slots=True)
class ToolUse:
    """A tool that the model wants called. `failure`: the call fails for good."""

    name: str
    input: Mapping[str, Json]
    output: Json
    effect: str = "read"
    median_ms: float = 180.0
    cost_nano_usd: int | None = None
    failure: Fault | None = None
    hidden_tokens: int = 0
    """Tokens of the answer that the model reads and the log cuts off."""
    http: str | None = None
    """`POST https://…`: also send the HTTP client span below the tool."""


PASSING_FAULTS = (
    Fault("TimeoutError", "no answer within 10 s", 10_000),
    Fault("HTTPStatusError", "503 Service Unavailable", 240),
    Fault("HTTPStatusError", "429 Too Many Requests, retry after 2 s", 70),
    Fault("ConnectionResetError", "connection reset by peer", 900),
)
"""Faults that are gone at the second attempt."""
