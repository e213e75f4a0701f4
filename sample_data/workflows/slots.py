"""The runs that a week of a workflow will have, before any of them is told: when, where, how it ends."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from sample_data.clock import arrivals_us
from sample_data.model import Run
from sample_data.quota import quota

_FEWEST_RUNS = 4
_ENV_SHARES = {"prod": 0.88, "staging": 0.12}


@dataclass(frozen=True, slots=True)
class Week:
    """One week to be told. `number` counts from 0, the oldest; nothing was checked after `as_of_us`."""

    seed: int
    number: int
    monday: date
    as_of_us: int
    scale: float


@dataclass(frozen=True, slots=True)
class Shape:
    """How a workflow is used: runs in a week at scale 1, weight of each weekday, hours of the day (repeats are
    weights)."""

    runs_per_week: int
    day_weights: tuple[float, float, float, float, float, float, float]
    hours: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Workflow:
    """A workflow of the company, the dialect its agent speaks, and the one who tells its weeks."""

    name: str
    dialect: str
    tell: Callable[[Week], list[Run]]


@dataclass(frozen=True, slots=True)
class Slot:
    """One run to be told."""

    rng: Random
    started_us: int
    env: str
    ending: str


OFFICE_HOURS = (
    6,
    7,
    7,
    8,
    8,
    8,
    9,
    9,
    9,
    9,
    10,
    10,
    10,
    11,
    11,
    12,
    13,
    13,
    13,
    14,
    14,
    14,
    15,
    15,
    16,
    16,
    17,
    18,
    19,
    21,
)
SHOP_HOURS = (
    0,
    2,
    5,
    6,
    7,
    8,
    8,
    9,
    9,
    10,
    10,
    11,
    12,
    12,
    13,
    14,
    15,
    16,
    16,
    17,
    17,
    18,
    18,
    19,
    19,
    20,
    20,
    21,
    22,
    23,
)
NIGHT_HOURS = (1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 5, 5, 9, 14)


def slots(week: Week, workflow: str, shape: Shape, endings: Mapping[str, float]) -> list[Slot]:
    """The week's runs in order of their start. Endings and environments come in exact proportion to their shares."""
    rng = Random(f"{week.seed}/{workflow}/{week.number}")
    count = max(_FEWEST_RUNS, round(shape.runs_per_week * week.scale))
    moments = arrivals_us(rng, week.monday, count, shape.day_weights, shape.hours)
    ends = quota(rng, count, endings)
    envs = quota(rng, count, _ENV_SHARES)
    return [
        Slot(Random(f"{week.seed}/{workflow}/{week.number}/{index}"), moment, env, ending)
        for index, (moment, env, ending) in enumerate(zip(moments, envs, ends, strict=True))
    ]


def checks_until(week: Week, moment_us: int) -> bool:
    """Whether something done at a moment has already happened when the data ends."""
    return moment_us <= week.as_of_us
