"""Identifiers as the senders would make them, drawn from a run's own random numbers."""

from random import Random

_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def trace_id(rng: Random) -> str:
    """An OTLP trace id: 32 lower-case hex digits, never all zero."""
    return f"{rng.getrandbits(127) + 1:032x}"


def span_id(rng: Random) -> str:
    """An OTLP span id: 16 lower-case hex digits, never all zero."""
    return f"{rng.getrandbits(63) + 1:016x}"


def uuid4(rng: Random) -> str:
    """A random UUID."""
    digits = f"{rng.getrandbits(128):032x}"
    variant = "89ab"[int(digits[16], 16) % 4]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"


def token(rng: Random, prefix: str, length: int = 14) -> str:
    """An opaque id like those of payment and model providers: `re_3Kd…`."""
    return prefix + "".join(rng.choices(_BASE62, k=length))
