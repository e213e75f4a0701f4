"""A bundle of `export-run` into the store, or through the collector that holds it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from collector.commands.exits import say
from collector.errors import SettingsError
from collector.settings_sources import Sourced

if TYPE_CHECKING:
    from collector.bundle.contents import Bundle
    from collector.bundle.taking import Difference
    from collector.client import CollectorClient
    from collector.importing import Tally


def is_bundle(name: str) -> bool:
    """Whether a file of this name is a bundle."""
    return name.endswith(".zip")


def import_bundle(name: str, sourced: Sourced) -> "Tally":
    """Check the bundle, store it, and say where the store shows something else. Raises InvalidBody, SettingsError."""
    from collector.bundle.packing import unpack
    from collector.holder import find_collector

    try:
        body = Path(name).read_bytes()
    except OSError as error:
        raise SettingsError(f"{name}: cannot be read: {error.strerror or error}") from error
    bundle = unpack(body, name)
    client = find_collector(sourced)
    return _through(client, bundle, name) if client is not None else _into_store(sourced, bundle, name)


def _into_store(sourced: Sourced, bundle: "Bundle", name: str) -> "Tally":
    from collector.bundle.taking import differences, event_chunks, take_books
    from collector.importing import Tally, import_chunks
    from collector.pipeline import Pipeline
    from collector.prices.book import PriceBook
    from collector.reader import Reader
    from collector.serve import opened_store
    from collector.store.analyses import Analyst

    settings = sourced.settings
    with opened_store(settings) as store:
        if not take_books(store, bundle, name):
            say(
                f"({name}: this store has prices and weights of its own, which stay; those of the bundle are not taken)"
            )
        # Afterwards: it reads which prices are there.
        pipeline = Pipeline(store, queue_max_bytes=settings.queue_max_bytes, book=PriceBook(settings.price_table))
        pipeline.start()
        try:
            tally = import_chunks(event_chunks(bundle, name), pipeline, Tally(), lambda _chunk, _tally: None)
            reader = Reader(store, catch_up=pipeline.follower.catch_up, analyse=Analyst(store, most_s=600).catch_up)
            _report(name, differences(bundle, reader))
        finally:
            pipeline.stop()
    return tally


def _through(client: "CollectorClient", bundle: "Bundle", name: str) -> "Tally":
    from collector.bundle.taking import differences, event_chunks
    from collector.importing import Tally, collector_sink, import_chunks

    say(f"(sending to the collector at {client.url}: the events only; prices and weights are those of its store)")
    with collector_sink(client) as sink:
        tally = import_chunks(event_chunks(bundle, name), sink, Tally(), lambda _chunk, _tally: None)
    _report(name, differences(bundle, client))
    return tally


def _report(name: str, found: "Sequence[Difference]") -> None:
    if not found:
        say(f"{name}: the run, its money and the step to blame are as the bundle says")
    for difference in found:
        say(f"{name}: {difference.what}: the bundle says {difference.bundle}, this store {difference.here}")
