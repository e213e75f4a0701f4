"""Bills in the store: appended as they came, a file that is known already adds nothing."""

import hashlib
import time
from datetime import UTC, datetime
from decimal import Decimal

import duckdb
import pyarrow as pa

import queries
from collector.billed import Billed
from collector.bills.reading import BillLine, read_bill
from collector.errors import StoreUnavailable
from collector.store.database import Store
from collector.store.follower import Follower

_ATTEMPTS = 20
_SCHEMA = pa.schema(
    [
        pa.field("import_id", pa.string()),
        pa.field("imported_at", pa.timestamp("us")),
        pa.field("origin", pa.string()),
        pa.field("content_hash", pa.string()),
        pa.field("line", pa.int64()),
        pa.field("day", pa.date32()),
        pa.field("provider", pa.string()),
        pa.field("model", pa.string()),
        pa.field("amount_usd", pa.decimal128(38, 9)),
        pa.field("tokens", pa.int64()),
        pa.field("invoice_id", pa.string()),
    ]
)


def import_bill(store: Store, follower: Follower, body: bytes, origin: str, now: datetime | None = None) -> Billed:
    """Append the lines of a bill; `origin` is its file. Raises QueryError where a line is wrong, and then adds nothing;
    StoreUnavailable where the store cannot be written now.
    """
    lines = read_bill(body, origin)
    moment = (now or datetime.now(UTC)).replace(tzinfo=None)
    try:
        return _imported(store, follower, lines, hashlib.sha256(body).hexdigest(), origin, moment)
    except duckdb.Error as error:
        raise StoreUnavailable(f"the bill cannot be stored now: {str(error).splitlines()[0]}") from error


def _imported(
    store: Store, follower: Follower, lines: tuple[BillLine, ...], content_hash: str, origin: str, now: datetime
) -> Billed:
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with follower.held(), store.transaction() as cursor:
                if store.is_lake:
                    # Two collectors that import one file at once: the later one looks again, and knows it.
                    cursor.execute(_sql("take_turn"))
                return _append(cursor, lines, content_hash, origin, now)
        except duckdb.TransactionException:
            # Another collector of the same lake writes at this moment.
            if attempt == _ATTEMPTS:
                raise
            time.sleep(0.1 * attempt)
    raise AssertionError("the last attempt returns or raises")


def _append(
    cursor: duckdb.DuckDBPyConnection, lines: tuple[BillLine, ...], content_hash: str, origin: str, now: datetime
) -> Billed:
    amount = f"{sum((line.amount_usd for line in lines), Decimal(0)):f}"
    known = cursor.execute(_sql("known_bill"), {"content_hash": content_hash}).fetchall()
    if known:
        return Billed(known[0][0], _said(known[0][1]), len(lines), amount, 0, is_known=True)
    import_id = f"{now:%Y%m%dT%H%M%S.%fZ}-{content_hash[:8]}"
    same = [import_id, now, origin, content_hash]
    rows = [[*same, line.line, line.day, line.provider, line.model, line.amount_usd, line.tokens, line.invoice_id]
            for line in lines]  # fmt: skip
    cursor.register(
        "incoming", pa.Table.from_pylist([dict(zip(_SCHEMA.names, row, strict=True)) for row in rows], _SCHEMA)
    )
    try:
        cursor.execute(_sql("insert_bills"))
    finally:
        cursor.unregister("incoming")
    cursor.execute(_sql("mark_bills"), {"imported_at": now})
    ((superseded,),) = cursor.execute(_sql("count_superseded"), {"import_id": import_id}).fetchall()
    return Billed(import_id, _said(now), len(lines), amount, superseded, is_known=False)


def _said(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _sql(name: str) -> str:
    return queries.statement("write", name).sql
