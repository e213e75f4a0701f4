"""Where a command reads or writes: through the collector that holds the store, or in the store itself."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from collector.client import CollectorClient
from collector.errors import StoreLocked, Unreachable
from collector.settings import Settings
from collector.settings_sources import Sourced
from collector.store.location import parse_location, without_password

_HOLDER = re.compile(r"held in (?P<program>\S+) \(PID (?P<pid>\d+)\)")


def store_identity(url: str) -> str:
    """What tells stores apart: the file's absolute path, or the lake's URL. Never holds a password."""
    location = parse_location(url)
    return str(location.path.absolute().resolve()) if location.path else without_password(url)


def client_of(settings: Settings) -> CollectorClient:
    """A client of the collector that these settings name, running or not."""
    return CollectorClient(api_url(settings), settings.token, ca_file=settings.tls_cert)


def api_url(settings: Settings) -> str:
    """Where the read API answers."""
    if settings.api_url:
        return settings.api_url
    host = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(settings.host, settings.host)  # noqa: S104
    bracketed = f"[{host}]" if ":" in host else host
    scheme = "https" if settings.tls_cert else "http"
    return f"{scheme}://{bracketed}:{settings.http_port}{settings.http_base_path}"


def find_collector(sourced: Sourced) -> CollectorClient | None:
    """The running collector to go through: the one that is named, or the one that holds the store; else None.

    Where nobody chose a store, a collector that answers at the default place is taken, whatever its store.
    """
    settings = sourced.settings
    client = client_of(settings)
    if settings.api_url and sourced.origins["store"] == "default":
        client.status()
        return client
    with suppress(Unreachable):
        status = client.status()
        is_chosen = sourced.origins["store"] != "default"
        if not is_chosen or status.get("store_id") == store_identity(settings.store):
            return client
    return None


@contextmanager
def named_holder(settings: Settings) -> Iterator[None]:
    """Say who holds the store, and what to do, where opening it fails."""
    try:
        yield
    except StoreLocked as error:
        match = _HOLDER.search(str(error))
        holder = f"process {match['pid']} ({match['program'].rsplit('/', 1)[-1]})" if match else "another process"
        raise StoreLocked(
            f"{store_identity(settings.store)} is held by {holder}. If that is a collector, name it with --http-port "
            f"or --api-url; nothing of ours answers at {api_url(settings)}. Otherwise stop it and try again."
        ) from error
