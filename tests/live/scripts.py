"""What the model says in each run, and what the run really is: by hand, from the replies and the price list.

gpt-4.1-mini costs 0.40 USD per million input tokens, 0.10 where they are cached, 1.60 per million output tokens
(OpenAI's price list; reasoning is part of the output).
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tests.live.model_endpoint import Reply

LOOK_UP = Reply(
    tool="lookup_order",
    arguments='{"order_id": "A-1001"}',
    input_tokens=1200,
    cached_tokens=512,
    output_tokens=60,
    reasoning_tokens=16,
)
REFUND = Reply(
    tool="create_refund",
    arguments='{"order_id": "A-1001", "amount_usd": 38.5}',
    input_tokens=1300,
    cached_tokens=1024,
    output_tokens=48,
    reasoning_tokens=12,
)
CLOSE = Reply(text="Refunded 38.50 USD.", input_tokens=1400, cached_tokens=1152, output_tokens=30, reasoning_tokens=8)
DOWN = Reply(status=500)


@dataclass(frozen=True, slots=True)
class Script:
    """The model's replies; `totals` of the one run that they make. Endless replies answer every further attempt."""

    replies: tuple[Reply, ...]
    totals: dict[str, Any]


SUCCESS = Script(
    (LOOK_UP, REFUND, CLOSE),
    {
        "agents": ["refund_agent"],
        "declared": "success",
        "model_calls": 3,
        "failed_model_calls": 0,
        "tool_calls": ["lookup_order", "create_refund"],
        "failed_tool_calls": 0,
        "input_tokens": 3900,  # 1200 + 1300 + 1400
        "output_tokens": 138,  # 60 + 48 + 30
        "cache_read_tokens": 2688,  # 512 + 1024 + 1152
        "reasoning_tokens": 36,  # 16 + 12 + 8
        # (3900 - 2688) * 0.40 + 2688 * 0.10 + 138 * 1.60 = 484.8 + 268.8 + 220.8 = 974.4 USD per million
        "cost_usd": Decimal("0.0009744"),
        "cost_status": "priced",
    },
)

# The model answers once and is then down for good. The failed call used no tokens that anybody knows of.
FAILURE = Script(
    (LOOK_UP, DOWN),
    {
        "agents": ["refund_agent"],
        "declared": "failure",
        "model_calls": 2,
        "failed_model_calls": 1,
        "tool_calls": ["lookup_order"],
        "failed_tool_calls": 0,
        "input_tokens": 1200,
        "output_tokens": 60,
        "cache_read_tokens": 512,
        "reasoning_tokens": 16,
        # (1200 - 512) * 0.40 + 512 * 0.10 + 60 * 1.60 = 275.2 + 51.2 + 96 = 422.4 USD per million
        "cost_usd": Decimal("0.0004224"),
        "cost_status": "partly_priced",
    },
)

SCRIPTS = {"success": SUCCESS, "failure": FAILURE}
