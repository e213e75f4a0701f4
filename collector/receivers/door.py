"""What every receiver does with a body: hand it to the pipeline, wait for its commit."""

import asyncio
import concurrent.futures
import logging
from datetime import UTC, datetime
from typing import Protocol

from collector.errors import StoreUnavailable, TachographError
from collector.model import Delivery, Receipt, Signal, Source

# The pipeline parses a body before it queues it: milliseconds for a large one, which the event loop must not lose.
_INLINE_BYTES = 4 << 20

_log = logging.getLogger(__name__)


class Submits(Protocol):
    """The side of the pipeline that receivers see."""

    def submit(self, delivery: Delivery, fault: str | None = None) -> concurrent.futures.Future[Receipt]:
        """Queue a delivery; the future ends with its commit. With a fault it ends as InvalidBody. Raises Overloaded."""


def delivery_of(signal: Signal, source: Source, body: bytes, origin: str | None, first_line: int = 1) -> Delivery:
    """A delivery received now."""
    return Delivery(signal, source, body, datetime.now(UTC), origin, first_line)


def commit(pipeline: Submits, delivery: Delivery, timeout_s: float) -> Receipt:
    """Submit and wait in this thread. Raises TachographError only."""
    try:
        return pipeline.submit(delivery).result(timeout_s)
    except Exception as error:
        raise as_answer(error) from error


async def commit_async(pipeline: Submits, delivery: Delivery, timeout_s: float, fault: str | None = None) -> Receipt:
    """Submit and wait without holding up the event loop. Raises TachographError only.

    `fault`: the body could not be read. It is kept among the rejects, and the answer is InvalidBody after that commit.

    A sender that hangs up does not take its delivery back: the future is never cancelled from here.
    """
    try:
        if len(delivery.body) <= _INLINE_BYTES:
            submitted = pipeline.submit(delivery, fault)
        else:
            submitted = await asyncio.to_thread(pipeline.submit, delivery, fault)
        committed = asyncio.wrap_future(submitted)
        async with asyncio.timeout(timeout_s):
            return await asyncio.shield(committed)
    except Exception as error:
        raise as_answer(error) from error


def as_answer(error: Exception) -> TachographError:
    """An error that a sender can be told. A fault of ours is logged, and retryable: it must cost the sender no data."""
    if isinstance(error, TachographError):
        return error
    if isinstance(error, TimeoutError):
        return StoreUnavailable("The commit took too long; send it again, what was stored counts as a duplicate.")
    _log.error("a delivery failed: %s", error, exc_info=error)
    return StoreUnavailable(f"The collector failed on this request ({type(error).__name__}); it is in its log.")
