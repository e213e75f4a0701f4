"""The recorded folders: OTLP bodies in order of arrival, and what the runs really did."""

import json
import tarfile
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from collector.model import Delivery, Signal, Source
from tests.corpus.pack import DATA

NAMES = tuple(sorted(path.name.removesuffix(".tar.gz") for path in DATA.glob("*.tar.gz")))


@dataclass(frozen=True, slots=True)
class Folder:
    """One framework with one instrumentation. `expected` is its expected.json."""

    name: str
    deliveries: tuple[Delivery, ...]
    expected: dict[str, object]


@cache
def read_folder(name: str) -> Folder:
    """The recordings of one folder."""
    with tarfile.open(DATA / f"{name}.tar.gz") as archive:
        contents = {member.name: archive.extractfile(member).read() for member in archive.getmembers()}
    requests = [json.loads(line) for line in contents["requests.jsonl"].splitlines() if line.strip()]
    return Folder(name, tuple(_delivery(said, contents) for said in requests), json.loads(contents["expected.json"]))


def _delivery(said: dict[str, object], contents: dict[str, bytes]) -> Delivery:
    body = contents[f"{said['n']:03}.{said['signal']}.pb"]
    received_at = datetime.fromtimestamp(int(said["t"]) / 1e9, UTC)
    return Delivery(Signal(said["signal"]), Source.OTLP_HTTP, body, received_at, said.get("user_agent"))
