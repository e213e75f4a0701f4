"""Runs of hypothesis bounded by time: a second each in the test suite, TACHOGRAPH_FUZZ_SECONDS each in `make fuzz`."""

import os
import secrets
import time
from collections.abc import Callable
from typing import TypeVar

from hypothesis import HealthCheck, given, seed, settings
from hypothesis.strategies import SearchStrategy

Body = TypeVar("Body")

_SECONDS = os.environ.get("TACHOGRAPH_FUZZ_SECONDS")
_ROUND = settings(
    max_examples=100, deadline=None, database=None, print_blob=True, suppress_health_check=list(HealthCheck)
)


def run(bodies: SearchStrategy[Body], check: Callable[[Body], None]) -> None:
    """Check bodies, a hundred a round with a new seed each, until the time is up.

    Without the variable the seeds are always the same, so that the suite does not depend on chance.
    """
    number = first = secrets.randbits(32) if _SECONDS else 0
    end = time.monotonic() + float(_SECONDS or 1)
    while number == first or time.monotonic() < end:
        seed(number)(_ROUND(given(bodies)(check)))()
        number += 1
