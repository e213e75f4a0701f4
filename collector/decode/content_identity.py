"""Records that come without an id, log records and data points: their content, with that of their sender, is one."""

import pyarrow as pa
import xxhash
from google.protobuf.message import Message

from collector.decode.senders import Sender, read_sender


def sender_of(resource: Message, scope: Message, senders: dict[int, Sender]) -> Sender:
    """The sender of a ResourceLogs or ResourceMetrics with one of its scopes; remembered in `senders` by its key."""
    sender = read_sender(
        resource.resource.SerializeToString(),
        resource.schema_url,
        scope.scope.SerializeToString(),
        scope.schema_url,
    )
    return senders.setdefault(sender.key, sender)


def identity(sender: Sender, content: bytes) -> int:
    """64-bit identity of a record (OTLP-40): unsigned, the same in every version (xxh3)."""
    return xxhash.xxh3_64_intdigest(content, seed=sender.key)


def table(rows: list[tuple[object, ...]], columns: dict[str, pa.DataType]) -> pa.Table:
    """Rows as a table with these columns."""
    by_column = list(zip(*rows, strict=True)) or [()] * len(columns)
    arrays = [pa.array(values, kind) for values, kind in zip(by_column, columns.values(), strict=True)]
    return pa.table(arrays, names=list(columns))
