"""google.rpc.Status: what OTLP answers when it refuses (OTLP-03, OTLP-07, OTLP-09, OTLP-23, OTLP-24)."""

import grpc
import orjson
from google.protobuf.any_pb2 import Any
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.rpc.error_details_pb2 import BadRequest, RetryInfo
from google.rpc.status_pb2 import Status

from collector.errors import InvalidBody, TachographError
from collector.receivers.media import Encoding

# gRPC carries a status in headers, and clients refuse more than 8 KiB of them; it goes there three times, escaped.
MAX_MESSAGE_BYTES = 600


def status_code(error: TachographError) -> grpc.StatusCode:
    """The gRPC code of an error."""
    return grpc.StatusCode[error.grpc_code]


def message_of(error: TachographError) -> str:
    """The error's message, short enough for a header and free of what no UTF-8 can say."""
    text = str(error).encode("utf-8", "replace")
    if len(text) <= MAX_MESSAGE_BYTES:
        return text.decode()
    return text[:MAX_MESSAGE_BYTES].decode("utf-8", "ignore") + "…"


def status_protobuf(error: TachographError) -> bytes:
    """An error as a serialised google.rpc.Status with BadRequest or RetryInfo."""
    status = Status(code=status_code(error).value[0], message=message_of(error))
    detail = _detail(error)
    if detail is not None:
        packed = Any()
        packed.Pack(detail)
        status.details.append(packed)
    return bytes(status.SerializeToString())


def status_json(error: TachographError) -> bytes:
    """The same Status in the proto3 JSON mapping."""
    status: dict[str, object] = {"code": status_code(error).value[0], "message": message_of(error)}
    if error.retry_after_s is not None:
        retry = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": f"{error.retry_after_s}s"}
        status["details"] = [retry]
    elif isinstance(error, InvalidBody):
        violation = {"field": "body", "description": message_of(error)}
        bad_request = {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [violation]}
        status["details"] = [bad_request]
    return orjson.dumps(status)


def status_body(error: TachographError, encoding: Encoding) -> bytes:
    """The Status in the encoding of the request."""
    return status_json(error) if encoding is Encoding.JSON else status_protobuf(error)


def _detail(error: TachographError) -> Message | None:
    if error.retry_after_s is not None:
        return RetryInfo(retry_delay=Duration(seconds=error.retry_after_s))
    if isinstance(error, InvalidBody):
        violation = BadRequest.FieldViolation(field="body", description=message_of(error))
        return BadRequest(field_violations=[violation])
    return None
