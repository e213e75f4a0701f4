"""Where a measurement ran."""

import os
import platform
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb


@dataclass(frozen=True, slots=True)
class Machine:
    """What a reader needs to compare figures."""

    name: str
    cpu: str
    cores: int
    memory_gib: float
    python: str
    duckdb: str
    load_average: float

    def __str__(self) -> str:
        return (
            f"{self.name}: {self.cpu}, {self.cores} cores, {self.memory_gib:.0f} GiB; Python {self.python}, "
            f"DuckDB {self.duckdb}; load average before: {self.load_average:.1f}"
        )

    def as_dict(self) -> dict[str, object]:
        """For a JSON file."""
        return asdict(self)


def machine() -> Machine:
    """This machine, now."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return Machine(
        platform.node(),
        _cpu(),
        len(os.sched_getaffinity(0)),
        memory / 2**30,
        platform.python_version(),
        duckdb.__version__,
        os.getloadavg()[0],
    )


def _cpu() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
