"""How commands reach the data: through the collector that holds the store, else in the store itself."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol

from collector.commands.exits import say
from collector.errors import SettingsError
from collector.formats import Answer
from collector.holder import find_collector, store_identity
from collector.settings_sources import Sourced
from collector.store.location import parse_location


class Reads(Protocol):
    """Named reads, wherever they are answered."""

    def run(self, name: str, params: Mapping[str, str] | None = None, limit: int | None = None) -> Answer:
        """The answer of a named read. Raises NotFound, QueryError, QueryTimeout, StoreUnavailable."""


@contextmanager
def reads(sourced: Sourced) -> Iterator[Reads]:
    """Named reads of the store that the settings name; an absent store is an error, never created by looking."""
    # DuckDB and Arrow take half a second to import: `--help` must not wait for them.
    from collector.reader import Reader
    from collector.serve import opened_store
    from collector.store.analyses import Analyst
    from collector.store.follower import Follower

    settings = sourced.settings
    client = find_collector(sourced)
    if client is not None:
        _note_other_store(sourced, str(client.status().get("store_id")), client.url)
        yield client
        return
    require_store(sourced)
    with opened_store(settings) as store:
        yield Reader(
            store,
            row_limit=settings.query_row_limit,
            timeout_s=settings.query_timeout_s,
            catch_up=Follower(store).catch_up,
            # Nobody else works them off, and nobody else waits.
            analyse=Analyst(store, most_s=600).catch_up,
        )


def require_store(sourced: Sourced) -> None:
    """Raises SettingsError where the store is a file that is not there."""
    path = parse_location(sourced.settings.store).path
    if path is not None and not path.exists():
        raise SettingsError(
            f"there is no store at {path.absolute()} and no collector runs at port {sourced.settings.http_port}. "
            "Name the store with --store, start one with 'tachograph up', or fill one with 'tachograph import'."
        )


def _note_other_store(sourced: Sourced, store_id: str, url: str) -> None:
    if store_id != store_identity(sourced.settings.store):
        say(f"(reading {store_id} through the collector at {url}; choose another with --store)")
