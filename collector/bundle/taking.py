"""A bundle into a store: its events, the books where the store has none yet, and a comparison of what it shows then."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import duckdb
import orjson
import pyarrow as pa

import queries
from collector.bundle.contents import (
    CULPRITS,
    EVENTS,
    OF_THIS_STORE,
    PRICE_VERSIONS,
    RATES,
    RELIABILITY,
    RUN,
    SIGNALS,
    UNIT_PRICES,
    WEIGHTS,
    Bundle,
)
from collector.bundle.lines import read_lines, typed_table, write_lines
from collector.bundle.reads import Reads, rows_of
from collector.errors import InvalidBody
from collector.model import Delivery, Signal, Source
from collector.prices import columns
from collector.receivers.jsonl_file import FileChunk
from collector.store import Store
from collector.store.pricing import insert

_CHUNK_BYTES = 4 << 20
_TOLD_OTHERWISE = OF_THIS_STORE | {"dialect", "trace_ids", "declared_by", "fingerprint"}
"""What a run of spans does not keep as step events: how it came."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that this store shows otherwise than the bundle says."""

    what: str
    bundle: str
    here: str


def event_chunks(bundle: Bundle, where: str) -> Iterator[FileChunk]:
    """The events as deliveries of whole lines."""
    body, begin, line = bundle.files[EVENTS], 0, 1
    while begin < len(body):
        end = len(body) if len(body) - begin <= _CHUNK_BYTES else body.rfind(b"\n", begin, begin + _CHUNK_BYTES) + 1
        end = end if end > begin else body.find(b"\n", begin) + 1 or len(body)
        part = body[begin:end]
        origin = f"{where}/{EVENTS}"
        yield FileChunk(Delivery(Signal.EVENTS, Source.FILE, part, datetime.now(UTC), origin, line), end, len(body))
        begin, line = end, line + part.count(b"\n")


def take_books(store: Store, bundle: Bundle, where: str) -> bool:
    """Before the events: what the bundle carries of comparisons with other runs; and, into a store to which nothing was
    ever delivered, its prices, rates and weights. Any other store has its own: False. Raises InvalidBody, duckdb.Error.
    """
    with store.transaction() as cursor:
        ((is_empty,),) = cursor.execute(_sql("bundle_store_is_empty")).fetchall()
        try:
            if is_empty:
                _take_prices(cursor, bundle)
                _take_weights(cursor, bundle)
            cursor.execute(_sql("bundle_insert_signals"), _carried(bundle))
        except (orjson.JSONDecodeError, KeyError, ValueError, pa.ArrowInvalid, duckdb.ConversionException) as error:
            raise InvalidBody(f"{where}: prices, weights or signals cannot be read: {error}") from error
    return bool(is_empty)


def differences(bundle: Bundle, reads: Reads) -> Sequence[Difference]:
    """What this store shows otherwise than the one that the bundle came from."""
    run_id = bundle.run_id
    run = [*_compared(RUN, read_lines(bundle.files[RUN]), _as_read(rows_of(reads, "run_header", run_id=run_id)))]
    culprits = _as_read(rows_of(reads, "culprits", run_id=run_id))
    return [*run, *_compared(CULPRITS, read_lines(bundle.files[CULPRITS]), culprits)]


def _take_prices(cursor: duckdb.DuckDBPyConnection, bundle: Bundle) -> None:
    for version in read_lines(bundle.files[PRICE_VERSIONS]):
        cursor.execute(_sql("insert_price_version"), version)
    insert(cursor, "unit_prices", typed_table(read_lines(bundle.files[UNIT_PRICES]), columns.UNIT_PRICES))
    insert(cursor, "rates", typed_table(read_lines(bundle.files[RATES]), columns.RATES))


def _take_weights(cursor: duckdb.DuckDBPyConnection, bundle: Bundle) -> None:
    for table, name in (("weights", WEIGHTS), ("reliability", RELIABILITY)):
        rows = orjson.dumps(read_lines(bundle.files[name])).decode()
        cursor.execute(_sql(f"localization_insert_{table}"), {"rows": rows})


def _carried(bundle: Bundle) -> dict[str, Any]:
    return {
        "rows": orjson.dumps(read_lines(bundle.files[SIGNALS])).decode(),
        "bundle_sha256": bundle.bundle_sha256,
        "carried_at": datetime.now(UTC).replace(tzinfo=None),
    }


def _as_read(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return read_lines(write_lines(rows))


def _compared(name: str, told: Sequence[Mapping[str, Any]], here: Sequence[Mapping[str, Any]]) -> Iterator[Difference]:
    if len(told) != len(here):
        yield Difference(f"{name}: rows", str(len(told)), str(len(here)))
        return
    for place, (old, new) in enumerate(zip(told, here, strict=True), start=1):
        label = f"{name} {place}" if len(told) > 1 else name
        for key in old:
            if key not in _TOLD_OTHERWISE and old[key] != new.get(key):
                yield Difference(f"{label}: {key}", _short(old[key]), _short(new.get(key)))


def _short(value: Any) -> str:
    text = "unknown" if value is None else str(value)
    return text if len(text) <= 80 else text[:77] + "..."


def _sql(name: str) -> str:
    return queries.statement("write", name).sql
