"""What went wrong in a step, in the sender's words."""

import pyarrow as pa
import pyarrow.compute as pc

from collector.decode.spans import Spans
from collector.normalise.details import first_exceptions


def step_errors(spans: Spans, said_type: pa.Array) -> dict[str, pa.Array]:
    """Columns error_type and error_message: `error.type` and the status message, else the first exception event."""
    failed = pa.array(spans.status_code == 2)
    message = pc.if_else(pc.not_equal(spans.status_message, ""), spans.status_message, pa.scalar(None, pa.string()))
    exceptions = first_exceptions(spans)
    if exceptions:
        rows = range(len(spans))
        found_type = pa.array([_text_of(exceptions.get(row), "exception.type") for row in rows], pa.string())
        found_message = pa.array([_text_of(exceptions.get(row), "exception.message") for row in rows], pa.string())
        said_type, message = (
            pc.coalesce(said_type, pc.if_else(failed, found_type, None)),
            pc.coalesce(message, found_message),
        )
    return {"error_type": said_type, "error_message": pc.if_else(failed, message, pa.scalar(None, pa.string()))}


def _text_of(attributes: dict[str, object] | None, key: str) -> str | None:
    value = (attributes or {}).get(key)
    return value if isinstance(value, str) else None
