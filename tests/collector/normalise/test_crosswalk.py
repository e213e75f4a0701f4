"""What is known of an attribute key is remembered, but not without end: keys are what senders write."""

from collections.abc import Callable

import pytest

from collector.normalise.crosswalk import dialect_rank, is_content, is_known


@pytest.mark.parametrize("look_up", [dialect_rank, is_content, is_known])
def test_made_up_keys_do_not_fill_the_memory(look_up: Callable[[str], object]) -> None:
    for number in range(70_000):
        look_up(f"made.up.{number}")
    remembered = look_up.cache_info().currsize  # type: ignore[attr-defined]
    look_up.cache_clear()  # type: ignore[attr-defined]
    assert remembered <= 65_536
