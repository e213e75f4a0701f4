"""The budget of bytes that are being read: what is taken, what is refused, what comes back."""

import gzip

import pytest

from collector.errors import Overloaded
from collector.receivers.compression import decompress
from collector.receivers.limits import MIB, InFlightBudget, Limits
from collector.receivers.media import Compression


def test_what_a_lease_took_comes_back_at_its_end() -> None:
    budget = InFlightBudget(10)
    with budget.lease() as lease:
        lease.grow(6)
        lease.grow(4)
        assert budget.is_spent
        with pytest.raises(Overloaded):
            lease.grow(1)
    assert not budget.is_spent
    with budget.lease() as next_lease:
        next_lease.grow(10)


def test_a_lease_that_has_ended_takes_nothing_more() -> None:
    budget = InFlightBudget(10)
    with budget.lease() as lease:
        lease.grow(1)
    with pytest.raises(Overloaded):
        lease.grow(1)
    with budget.lease() as next_lease:
        next_lease.grow(10)


def test_decompression_asks_for_room_step_by_step() -> None:
    taken: list[int] = []
    content = bytes(3 * MIB + 5)
    assert decompress(gzip.compress(content), Compression.GZIP, 4 * MIB, taken.append) == content
    assert sum(taken) == len(content)
    assert max(taken) <= MIB


def test_decompression_ends_at_the_step_for_which_there_is_no_room() -> None:
    produced: list[int] = []

    def take(byte_count: int) -> None:
        produced.append(byte_count)
        lease.grow(byte_count)

    with InFlightBudget(2 * MIB).lease() as lease, pytest.raises(Overloaded):
        decompress(gzip.compress(bytes(60 * MIB)), Compression.GZIP, 64 * MIB, take)
    assert sum(produced) <= 3 * MIB


@pytest.mark.parametrize("size", [10_000, 40 * MIB], ids=["inline", "in a thread"])
def test_a_compressed_body_that_would_outgrow_the_budget_is_told_to_wait_and_leaves_nothing_taken(
    doors, size: int
) -> None:
    body = gzip.compress(bytes(size))
    door = doors(limits=Limits(max_in_flight_bytes=len(body) + size - 1))
    response = door.post("/v1/traces", body, content_encoding="gzip")
    assert (response.status_code, "retry-after" in response.headers) == (429, True)
    assert door.post("/v1/traces", bytes(len(body) + size - 1)).status_code == 200
