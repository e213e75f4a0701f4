"""Which keys the ledger may already hold: a filter in memory, so that fresh data asks the ledger nothing.

A Bloom filter: it never forgets a key, and takes a new key for a known one about once in a hundred thousand times; such
candidates are looked up in the ledger, which decides. Four bytes a key: 40 MB for ten million steps.
"""

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]

_BITS_PER_KEY = 32
_PROBES = 8
_FIRST_CAPACITY = 1 << 18


class SeenFilter:
    """Grows by doubling: full levels stay and are asked too."""

    def __init__(self, capacity: int = _FIRST_CAPACITY) -> None:
        self._levels: list[NDArray[np.uint8]] = []
        self._room = 0
        self._capacity = _FIRST_CAPACITY
        while self._capacity < capacity:
            self._capacity *= 2
        self._grow(self._capacity)

    def add(self, keys: Keys) -> None:
        """Remember keys."""
        while len(keys):
            taken = keys[: self._room]
            bits = self._levels[-1]
            positions = _positions(taken, len(bits))
            np.bitwise_or.at(
                bits, positions >> np.uint64(3), np.uint8(1) << (positions & np.uint64(7)).astype(np.uint8)
            )
            self._room -= len(taken)
            keys = keys[len(taken) :]
            if not self._room:
                self._capacity *= 2
                self._grow(self._capacity)

    def may_contain(self, keys: Keys) -> NDArray[np.bool_]:
        """False: certainly new. True: known, or one of the few look-alikes."""
        found = np.zeros(len(keys), bool)
        for bits in self._levels:
            positions = _positions(keys, len(bits))
            hit = (bits[positions >> np.uint64(3)] >> (positions & np.uint64(7)).astype(np.uint8)) & np.uint8(1)
            found |= hit.reshape(_PROBES, -1).all(axis=0)
        return found

    def _grow(self, capacity: int) -> None:
        self._levels.append(np.zeros(capacity * _BITS_PER_KEY // 8, np.uint8))
        self._room = capacity


def _positions(keys: Keys, byte_count: int) -> NDArray[np.uint64]:
    low, high = keys & np.uint64(0xFFFFFFFF), (keys >> np.uint64(32)) | np.uint64(1)
    probes = np.arange(_PROBES, dtype=np.uint64)[:, None]
    # Two halves of one good hash make all the others (Kirsch and Mitzenmacher, 2006).
    return ((low + probes * high) & np.uint64(byte_count * 8 - 1)).reshape(-1)
