"""A collector that runs as users run it, with an empty store, on free ports: one for all tests of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from collector.client import CollectorClient
from collector.errors import Unreachable
from tests.collector.cli_runs import child, eventually, unused_ports


@pytest.fixture(scope="session")
def collector(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CollectorClient]:
    folder, ports = tmp_path_factory.mktemp("collector"), unused_ports()
    client = CollectorClient(f"http://127.0.0.1:{ports['TACHOGRAPH_HTTP_PORT']}")
    with child("collect", folder=folder, environ=ports):
        eventually(lambda: _answers(client), "the collector answers")
        yield client


@pytest.fixture(scope="session")
def example() -> Path:
    return Path(__file__).parents[3] / "docs" / "replay"


def _answers(client: CollectorClient) -> bool:
    try:
        return bool(client.status())
    except Unreachable:
        return False
