"""What went wrong in a step, in the sender's words."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from collector.decode.spans import Spans
from collector.normalise.failures import STATUS, first_exception
from collector.normalise.resolve import Group

_NO_TEXT = pa.scalar(None, pa.string())
_ERROR = STATUS.index("error")


def step_errors(
    group: Group, status: NDArray[np.int64], said_type: pa.Array, said_message: dict[int, object]
) -> dict[str, pa.Array]:
    """Columns error_type and error_message of failed steps: what is said, else what the first exception event says.

    The message is that of the dialect, else of the span's status, else of the exception. LangGraph's interrupts and the
    like (exceptions.csv) are no failures, so they have neither.
    """
    spans = group.spans
    failed = pa.array(status == _ERROR)
    message = pc.if_else(pc.not_equal(spans.status_message, ""), spans.status_message, _NO_TEXT)
    found = {row: first_exception(group, row) for row in group.rows_with_events() if status[row] == _ERROR}
    exceptions = {row: said for row, said in found.items() if said is not None}
    if exceptions:
        said_type = pc.coalesce(said_type, _texts(spans, exceptions, "exception.type"))
        message = pc.coalesce(message, _texts(spans, exceptions, "exception.message"))
    if said_message:
        rows = pa.array([_text(said_message.get(row)) for row in range(len(spans))], pa.string())
        message = pc.coalesce(rows, message)
    return {
        "error_type": pc.if_else(failed, said_type, _NO_TEXT),
        "error_message": pc.if_else(failed, message, _NO_TEXT),
    }


def _texts(spans: Spans, exceptions: dict[int, dict[str, object]], key: str) -> pa.Array:
    return pa.array([_text(exceptions.get(row, {}).get(key)) for row in range(len(spans))], pa.string())


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
