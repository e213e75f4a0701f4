"""The filter never forgets, hardly ever takes a new key for a known one, and grows."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from collector.store.ids import BatchIds
from collector.store.seen import SeenFilter


@given(st.lists(st.integers(0, 2**64 - 1), max_size=200))
def test_every_key_that_was_added_may_be_there(keys: list[int]) -> None:
    seen = SeenFilter()
    found = np.array(keys, np.uint64)
    seen.add(found)
    assert seen.may_contain(found).all()


def test_new_keys_are_told_apart_also_after_growing() -> None:
    rng = np.random.default_rng(7)
    added, others = rng.integers(0, 2**64, 600_000, np.uint64), rng.integers(0, 2**64, 200_000, np.uint64)
    seen = SeenFilter()
    for part in np.array_split(added, 7):
        seen.add(part)
    assert seen.may_contain(added).all()
    assert seen.may_contain(others).mean() < 1e-4


def test_batch_ids_rise_above_those_of_others() -> None:
    mine, theirs = BatchIds("a"), BatchIds("b")
    far = [theirs.next() for _ in range(10_000)][-1] + (1 << 40)
    mine.at_least(far)
    ids = [mine.next() for _ in range(5000)]
    assert ids == sorted(set(ids))
    assert ids[0] > far
