"""Batch ids: rising, unique across collectors without asking anybody."""

import time
import zlib

_SLOT_BITS, _SEQUENCE_BITS = 10, 12
_SEQUENCE_MASK = (1 << _SEQUENCE_BITS) - 1


class BatchIds:
    """64-bit ids of milliseconds, collector slot and sequence (Snowflake): sorted by time, also after a restart."""

    def __init__(self, collector_id: str) -> None:
        self._slot: int = hash_slot(collector_id)
        self._last: int = 0

    def next(self) -> int:
        """A new id, above every earlier one of this collector even when the clock goes back."""
        now = (time.time_ns() // 1_000_000) << _SEQUENCE_BITS
        self._last = max(self._last + 1, now)
        milliseconds, sequence = self._last >> _SEQUENCE_BITS, self._last & _SEQUENCE_MASK
        return (milliseconds << (_SLOT_BITS + _SEQUENCE_BITS)) | (self._slot << _SEQUENCE_BITS) | sequence

    def at_least(self, batch_id: int) -> None:
        """Make later ids greater than this one, which somebody else may have made."""
        self._last = max(self._last, ((batch_id >> (_SLOT_BITS + _SEQUENCE_BITS)) + 1) << _SEQUENCE_BITS)


def hash_slot(collector_id: str) -> int:
    """Slot 0..1023 of a collector, from its id."""
    return zlib.crc32(collector_id.encode()) % (1 << _SLOT_BITS)
