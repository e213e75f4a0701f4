"""Exact proportions instead of luck: a week of 200 runs at 9 % has 18 of them, in every week and for every seed."""

from collections.abc import Mapping
from random import Random


def quota(rng: Random, count: int, shares: Mapping[str, float]) -> list[str]:
    """`count` values in proportion to their shares (largest remainders win), in random order. Shares need not sum to
    1."""
    total = sum(shares.values())
    exact = {value: count * share / total for value, share in shares.items()}
    whole = {value: int(amount) for value, amount in exact.items()}
    by_remainder = sorted(shares, key=lambda value: exact[value] - whole[value], reverse=True)
    for value in by_remainder[: count - sum(whole.values())]:
        whole[value] += 1
    values = [value for value, times in whole.items() for _ in range(times)]
    rng.shuffle(values)
    return values
