"""What can go wrong, whose fault it is, and what a client should do: one class, one row of the answer table.

HTTP and gRPC codes follow OTLP 1.11 (OTLP-05 … OTLP-26): clients retry 429, 502, 503, 504 and UNAVAILABLE, and drop
everything else, so to a sender a fault of ours is never a 500 and a fault of theirs never invites a retry. The read API
answers a bug of ours with 500: asking again would not help, and no data is lost.
"""

from typing import ClassVar


class TachographError(Exception):
    """Base of every error that a user may see; the message names the thing, the fault and the way out."""

    http_status: ClassVar[int] = 500
    grpc_code: ClassVar[str] = "INTERNAL"
    retry_after_s: ClassVar[int | None] = None


class InvalidBody(TachographError):
    """The sender's fault, final: the body is not what its content type says."""

    http_status = 400
    grpc_code = "INVALID_ARGUMENT"


class QueryError(TachographError):
    """The reader's fault, final: an unknown query, an unknown parameter or a value of the wrong type."""

    http_status = 400
    grpc_code = "INVALID_ARGUMENT"


class Unauthenticated(TachographError):
    """The sender's fault, final: no credentials, or unknown ones (RFC 6750: a wrong token is 401, too)."""

    http_status = 401
    grpc_code = "UNAUTHENTICATED"


class Forbidden(TachographError):
    """The sender's fault, final: known, and not allowed to do this."""

    http_status = 403
    grpc_code = "PERMISSION_DENIED"


class NotFound(TachographError):
    """The reader's fault, final: no such thing; the message names the nearest one."""

    http_status = 404
    grpc_code = "NOT_FOUND"


class TooSlow(TachographError):
    """The sender's fault: the body did not arrive in time, and the connection is closed."""

    http_status = 408
    grpc_code = "DEADLINE_EXCEEDED"


class NotAcceptable(TachographError):
    """The reader's fault, final: no answer exists in a media type of the Accept header."""

    http_status = 406
    grpc_code = "INVALID_ARGUMENT"


class TooLarge(TachographError):
    """The sender's fault, final: over the limit, before or after decompression (OTLP-08, OTLP-22)."""

    http_status = 413
    grpc_code = "RESOURCE_EXHAUSTED"


class UnsupportedMedia(TachographError):
    """The sender's fault, final: a media type or an encoding that is not spoken here."""

    http_status = 415
    grpc_code = "INVALID_ARGUMENT"


class Overloaded(TachographError):
    """Nobody's fault, retry: the queue is full."""

    http_status = 429
    grpc_code = "UNAVAILABLE"
    retry_after_s = 1


class StoreUnavailable(TachographError):
    """The operator's fault, retry: the store cannot be written (disk full, read-only, catalog away)."""

    http_status = 503
    grpc_code = "UNAVAILABLE"
    retry_after_s = 5


class QueryTimeout(TachographError):
    """Nobody's fault, retry with a narrower question: the query ran longer than it may."""

    http_status = 504
    grpc_code = "DEADLINE_EXCEEDED"


class SettingsError(TachographError):
    """The operator's fault: a setting is unknown or has a value that it cannot have."""


class PortTaken(SettingsError):
    """The operator's fault: the address is in use, or may not be used by this process."""


class Unreachable(TachographError):
    """The operator's fault, or nobody's: no collector answers at an address."""

    http_status = 503
    grpc_code = "UNAVAILABLE"
    retry_after_s = 5


class StoreVersionError(TachographError):
    """The operator's fault: the store was written by a newer version than this one."""


class StoreLocked(TachographError):
    """The operator's fault: another process holds the store."""
