"""The body of an HTTP request, read and decompressed within the limits (OTLP-08, OTLP-10)."""

import asyncio

from starlette.requests import ClientDisconnect, Request

from collector.errors import InvalidBody, TooLarge, TooSlow
from collector.receivers.compression import decompress
from collector.receivers.limits import Lease, Limits
from collector.receivers.media import Compression, compression

# Up to here decompression is quicker than the way to a thread and back.
_INLINE_BYTES = 16 << 10


async def read_body(request: Request, limits: Limits, lease: Lease) -> bytes:
    """The decompressed body; its bytes are counted in the lease as they come, decompressed ones too.

    Raises TooLarge, TooSlow, UnsupportedMedia (encoding), InvalidBody (broken compression) and Overloaded (lease).
    """
    said = compression(request.headers.get("content-encoding"))
    try:
        async with asyncio.timeout(limits.body_timeout_s):
            body = await _received(request, limits.max_body_bytes, lease)
    except TimeoutError:
        raise TooSlow(f"The body did not arrive within {limits.body_timeout_s:g} s.") from None
    except ClientDisconnect:
        raise InvalidBody("The sender hung up before the end of the body.") from None
    if said is Compression.IDENTITY:
        return body
    if len(body) <= _INLINE_BYTES:
        return decompress(body, said, limits.max_body_bytes, lease.grow)
    return await asyncio.to_thread(decompress, body, said, limits.max_body_bytes, lease.grow)


async def _received(request: Request, max_bytes: int, lease: Lease) -> bytes:
    said = request.headers.get("content-length", "")
    if said.isdecimal() and int(said) > max_bytes:
        raise TooLarge(f"The body has {said} bytes, more than the limit of {max_bytes}.")
    parts: list[bytes] = []
    room = max_bytes
    async for part in request.stream():
        room -= len(part)
        if room < 0:
            raise TooLarge(f"The body has more bytes than the limit of {max_bytes}.")
        lease.grow(len(part))
        parts.append(part)
    return b"".join(parts)
