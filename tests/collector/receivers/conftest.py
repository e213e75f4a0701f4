from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.collector.doors import AnsweringPipeline, Doors, open_doors


@pytest.fixture
def doors() -> Iterator[Callable[..., Doors]]:
    """Opens servers in front of a given pipeline (default: one that accepts everything); closed at the end."""
    with ExitStack() as stack:

        def open_them(pipeline=None, limits=None, **options) -> Doors:
            return stack.enter_context(open_doors(pipeline or AnsweringPipeline(), limits, **options))

        yield open_them
