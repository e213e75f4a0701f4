"""The public development set: faults injected into golden runs of a simulated shop, beside the runs that passed.

An injected run's own base is among the golden runs, and would give it away. So the runs are dealt over four stores by
their base, and each store holds the golden runs of the other three.
"""

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from bench.localization.suite import Event, Label, Suite

STORES = 4
_GOLDEN = ("golden.jsonl.gz", "golden_extra.jsonl.gz")
_INJECTED = "injected.jsonl.gz"
_NATURAL = "runs.jsonl.gz"


def tau_suite(folder: Path, work: Path, *, with_diff: bool = True) -> Suite:
    """Reads `folder`, writes the files of each store to `work`. Raises FileNotFoundError where the set is not there.

    Without `with_diff` the checks only say that a run failed, not what they expected and found.
    """
    truth = [json.loads(line) for line in (folder / "truth.jsonl").read_text("utf-8").splitlines()]
    injected = {row["run_id"]: row for row in truth if row["file"] == _INJECTED}
    name = "tau_dev" if with_diff else "tau_dev without diffs"
    parts = [(work / f"{name}-{store}.jsonl").open("w", encoding="utf-8") for store in range(STORES)]
    steps: dict[str, list[Event]] = {run_id: [] for run_id in injected}
    for line, event in _lines(folder / _INJECTED):
        said = line if with_diff or "diff" not in event else json.dumps(_without_diff(event)) + "\n"
        parts[_store(injected[event["run_id"]]["base_run_id"])].write(said)
        if "type" in event and ("step" in event or "step_id" in event):
            steps[event["run_id"]].append(event)
    for golden in _GOLDEN:
        for line, event in _lines(folder / golden):
            for store, part in enumerate(parts):
                if _store(event["run_id"]) != store:
                    part.write(line)
    for part in parts:
        part.close()
    labels = {run_id: _label(row) for run_id, row in injected.items()}
    stores = tuple((Path(part.name),) for part in parts)
    told = {run_id: tuple(found) for run_id, found in steps.items()}
    return Suite(name, stores, labels, told, has_diffs=with_diff)


def natural_suite(folder: Path, work: Path, *, with_diff: bool = True) -> Suite:
    """Failures that nobody injected. Label: the first write that is none of the right ones; weak, to learn from."""
    truth = [json.loads(line) for line in (folder / "truth.jsonl").read_text("utf-8").splitlines()]
    labels = {
        row["run_id"]: Label(
            row["run_id"],
            frozenset([str(row["first_unexpected_write_step"])]),
            row["failure_kind"],
            row["task"],
            is_held_out(row["task"]),
        )
        for row in truth
        if row["file"] == _NATURAL and row.get("first_unexpected_write_step")
    }
    name = "tau_dev natural" if with_diff else "tau_dev natural without diffs"
    path = work / f"{name}.jsonl"
    steps: dict[str, list[Event]] = {run_id: [] for run_id in labels}
    with path.open("w", encoding="utf-8") as file:
        for line, event in _lines(folder / _NATURAL):
            file.write(line if with_diff or "diff" not in event else json.dumps(_without_diff(event)) + "\n")
            if event.get("run_id") in steps and "type" in event and "step" in event:
                steps[event["run_id"]].append(event)
    told = {run_id: tuple(found) for run_id, found in steps.items()}
    return Suite(name, ((path,),), labels, told, is_weak=True, has_diffs=with_diff)


def is_held_out(task: str) -> bool:
    """A quarter of the tasks, by a hash: nothing was tuned on them."""
    number = int(hashlib.md5(task.encode(), usedforsecurity=False).hexdigest(), 16)
    return number // 2 % 2 == 1 and number // 4 % 2 == 1


def _without_diff(event: Event) -> Event:
    return {key: value for key, value in event.items() if key != "diff"}


def _label(row: Event) -> Label:
    roots = frozenset(str(step) for step in row["root_steps"])
    return Label(row["run_id"], roots, row["failure_kind"], row["task"], is_held_out(row["task"]))


def _store(base_run_id: str) -> int:
    return int(hashlib.md5(f"fold{base_run_id}".encode(), usedforsecurity=False).hexdigest(), 16) % STORES


def _lines(path: Path) -> Iterator[tuple[str, Event]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield line, json.loads(line)
