"""Disk: bytes a span in a store that has been closed, on text that does not repeat, and which columns hold them."""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench import _report
from bench._process import CollectorProcess
from bench._report import Figure, table
from bench._senders import http_connection, send_all
from bench.bodies import SPANS_PER_BODY, bodies
from collector.store import open_store

_SHOWN_COLUMNS = 25
_TABLES = "select schema_name, table_name from duckdb_tables() where database_name = current_database()"
# A segment's bytes are not told; what lies between it and the next one in its blocks is.
_SEGMENTS = """
select column_name, compression, block_id, block_offset, additional_block_ids
from pragma_storage_info('{schema}.{name}')
where persistent
"""
_BLOCKS = "select block_size, total_blocks, used_blocks, free_blocks from pragma_database_size()"


def fill(path: Path, sent: Sequence[bytes]) -> None:
    """Let a collector store the bodies at `path`, and stop."""
    with CollectorProcess(str(path)) as process:
        process.wait_until_up()
        send_all(lambda: http_connection(process.http_port), sent)
        if process.stop().code:
            raise RuntimeError("the collector did not stop cleanly")


def column_bytes(path: Path) -> tuple[dict[tuple[str, str], tuple[int, str]], int, int]:
    """Bytes and compressions by table and column; bytes of used and of free blocks of the file."""
    store = open_store(str(path))
    cursor = store.cursor()
    block_bytes, _, used, free = cursor.execute(_BLOCKS).fetchall()[0]
    segments: list[tuple[int, int, tuple[str, str]]] = []
    found: dict[tuple[str, str], int] = {}
    kinds: dict[tuple[str, str], set[str]] = {}
    for schema, name in cursor.execute(_TABLES).fetchall():
        for column, compression, block, offset, more in cursor.execute(
            _SEGMENTS.format(schema=schema, name=name)
        ).fetchall():
            key = (f"{schema}.{name}", column)
            if block is not None and block >= 0:
                segments.append((block, offset, key))
                kinds.setdefault(key, set()).add(compression)
            found[key] = found.get(key, 0) + len(more or ()) * block_bytes
    store.close()
    segments.sort()
    for (block, offset, key), after in zip(segments, [*segments[1:], (-1, 0, ("", ""))], strict=True):
        found[key] += (after[1] if after[0] == block else block_bytes) - offset
    sizes = {key: (size, ", ".join(sorted(kinds.get(key, ())))) for key, size in found.items()}
    return sizes, used * block_bytes, free * block_bytes


def measure(options: argparse.Namespace) -> list[Figure]:
    """Fill a store and weigh it."""
    sent = bodies(options.spans)
    spans = len(sent) * SPANS_PER_BODY
    with tempfile.TemporaryDirectory(prefix="tachograph-bench-") as folder:
        path = Path(folder, "disk.duckdb")
        fill(path, sent)
        file_bytes = path.stat().st_size
        columns, used_bytes, free_bytes = column_bytes(path)
    ordered = sorted(columns.items(), key=lambda item: -item[1][0])
    rows = [(*key, f"{size / spans:.1f}", kinds) for key, (size, kinds) in ordered[:_SHOWN_COLUMNS]]
    rest = sum(size for _, (size, _) in ordered[_SHOWN_COLUMNS:])
    print(
        table(("table", "column", "bytes a span", "compression"), [*rows, ("", "the rest", f"{rest / spans:.1f}", "")])
    )
    unit = "bytes a span"
    return [
        Figure("sent", sum(map(len, sent)) / spans, unit),
        Figure("file", file_bytes / spans, unit, 800),
        Figure("of that, used blocks", used_bytes / spans, unit),
        Figure("of that, free blocks, to be used again", free_bytes / spans, unit),
    ]


if __name__ == "__main__":
    _report.run(__doc__, measure, lambda parser: parser.add_argument("--spans", type=int, default=102_400))
