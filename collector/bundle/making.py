"""A run out of a store, as a bundle."""

from collections.abc import Mapping, Sequence
from typing import Any

import queries
from collector.bundle.contents import CULPRITS, EVENTS, OF_THIS_STORE, READS, RUN, Bundle, with_manifest
from collector.bundle.lines import read_lines, write_lines
from collector.bundle.not_captured import not_captured
from collector.bundle.reads import Reads, rows_of
from collector.errors import NotFound
from collector.store.schema import SCHEMA_VERSION
from collector.version import VERSION


def event_lines(reads: Reads, run_id: str) -> bytes:
    """The run as step events, one JSON object a line. Raises NotFound, QueryError."""
    lines = [row["line"] for row in rows_of(reads, "run_export", run_id=run_id)]
    if not lines:
        raise NotFound(f"there is no run '{run_id}' in the store; 'tachograph query runs_page -p q=…' searches for one")
    return "".join(f"{line}\n" for line in lines).encode()


def make_bundle(reads: Reads, run_id: str) -> Bundle:
    """All that the run's page shows. The same store gives the same bytes. Raises NotFound, QueryError."""
    files = {EVENTS: event_lines(reads, run_id)}
    for name, (query, is_of_run) in READS.items():
        found = rows_of(reads, query, **({"run_id": run_id} if is_of_run else {}))
        files[name] = write_lines(_own(row) for row in found)
    return with_manifest(run_id, files, _said(reads, run_id, files))


def _own(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in OF_THIS_STORE}


def _said(reads: Reads, run_id: str, files: Mapping[str, bytes]) -> dict[str, Any]:
    steps = rows_of(reads, "explain_steps", run_id=run_id)
    return {
        "product_version": VERSION,
        "schema_version": SCHEMA_VERSION,
        "sql_version": queries.definition(),
        "price_versions": _distinct(steps, "price_version"),
        "weights_versions": _distinct(read_lines(files["weights.jsonl"]), "version"),
        "culprit_rests_on": _rests_on(files),
        "not_captured": list(not_captured(read_lines(files[RUN]), steps)),
    }


def _rests_on(files: Mapping[str, bytes]) -> str:
    if not files[CULPRITS]:
        return "the run is not known to be bad: no step is blamed"
    if files["signals.jsonl"]:
        return (
            "the run itself and a comparison with passing runs that are not in this bundle: "
            "signals.jsonl holds what the comparison gave"
        )
    return "the run itself, its checks, and the weights in this bundle"


def _distinct(rows: Sequence[Mapping[str, Any]], name: str) -> list[Any]:
    return sorted({row[name] for row in rows if row[name] is not None})
