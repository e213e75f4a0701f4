"""Media types and content encodings of the HTTP receivers (OTLP-02, OTLP-10)."""

from enum import StrEnum

from collector.errors import UnsupportedMedia

NDJSON_TYPES = ("application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines")


class Encoding(StrEnum):
    """How an OTLP message is written; the value is its media type, and the answer's."""

    PROTOBUF = "application/x-protobuf"
    JSON = "application/json"


def media_type(content_type: str | None) -> str:
    """The media type of a Content-Type header in lower case, without its parameters; '' when there is none."""
    return (content_type or "").partition(";")[0].strip().lower()


def otlp_encoding(content_type: str | None) -> Encoding:
    """The encoding that a Content-Type header names. Raises UnsupportedMedia."""
    try:
        return Encoding(media_type(content_type))
    except ValueError:
        expected = f"{Encoding.PROTOBUF} or {Encoding.JSON}"
        raise UnsupportedMedia(f"Expected Content-Type {expected}, got {content_type or 'none'}") from None


def require_ndjson(content_type: str | None) -> None:
    """Raises UnsupportedMedia unless a Content-Type header names newline-delimited JSON."""
    if media_type(content_type) not in NDJSON_TYPES:
        raise UnsupportedMedia(f"Expected Content-Type {NDJSON_TYPES[0]}, got {content_type or 'none'}")


class Compression(StrEnum):
    """How a body is compressed. OTLP asks for gzip and identity; the Python SDK also offers deflate (zlib's format)."""

    IDENTITY = "identity"
    GZIP = "gzip"
    DEFLATE = "deflate"


def compression(content_encoding: str | None) -> Compression:
    """The compression that a Content-Encoding header names. Raises UnsupportedMedia."""
    name = (content_encoding or Compression.IDENTITY).strip().lower().removeprefix("x-")
    try:
        return Compression(name)
    except ValueError:
        raise UnsupportedMedia(f"Expected Content-Encoding gzip, deflate or none, got {content_encoding}") from None
