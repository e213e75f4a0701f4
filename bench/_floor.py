"""The floor: what no collector of these bodies can go below. Parse them, insert their rows once, checkpoint."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

import queries
from collector.decode.spans import decode_spans
from collector.normalise.spans import normalise_spans
from collector.store import open_store
from collector.store.incoming import Stamp, content_rows, ledger_rows

_BODIES_AT_ONCE = 16


def floor_cpu_s(bodies: Sequence[bytes], store: Path) -> tuple[float, float]:
    """CPU seconds of the official parser (upb) over the bodies, and of one insert of their ledger rows."""
    rows = _ledger_rows(bodies)
    before = time.process_time()
    for body in bodies:
        ExportTraceServiceRequest.FromString(body)
    parse_s = time.process_time() - before
    opened = open_store(str(store))
    cursor = opened.cursor()
    before = time.process_time()
    cursor.begin()
    for name, incoming in rows.items():
        cursor.register("incoming", incoming)
        cursor.execute(queries.statement("write", f"insert_{name}").sql)
    cursor.commit()
    cursor.execute("checkpoint")
    insert_s = time.process_time() - before
    opened.close()
    return parse_s, insert_s


def _ledger_rows(bodies: Sequence[bytes]) -> dict[str, pa.Table]:
    steps, contents = [], []
    now = datetime.now(UTC)
    for first in range(0, len(bodies), _BODIES_AT_ONCE):
        group = bodies[first : first + _BODIES_AT_ONCE]
        records = normalise_spans(decode_spans(group), [now] * len(group))
        assert records.steps is not None
        assert records.step_contents is not None
        stamp = Stamp(tuple(range(first, first + len(group))), now.replace(tzinfo=None))
        rows = ledger_rows("steps", records.steps, stamp)
        steps.append(rows)
        every = pa.array(range(len(rows))).to_numpy()
        contents.append(content_rows(records.step_contents, records.steps, every, rows))
    return {
        "steps": pa.concat_tables(steps, promote_options="default"),
        "step_contents": pa.concat_tables(contents, promote_options="default"),
    }
