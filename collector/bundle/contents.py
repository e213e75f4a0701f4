"""Which files a bundle holds, and its manifest. Pure."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from collector.bundle.lines import canonical

FORMAT = "tachograph-run-bundle"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"
EVENTS = "events.jsonl"
RUN = "run.jsonl"
CULPRITS = "culprits.jsonl"
SIGNALS = "signals.jsonl"
PRICE_VERSIONS = "price_versions.jsonl"
UNIT_PRICES = "unit_prices.jsonl"
RATES = "rates.jsonl"
WEIGHTS = "weights.jsonl"
RELIABILITY = "reliability.jsonl"

READS: Mapping[str, tuple[str, bool]] = {
    RUN: ("run_header", True),
    "verifications.jsonl": ("run_verifications", True),
    "costs.jsonl": ("run_costs", True),
    "annotations.jsonl": ("run_annotations", True),
    CULPRITS: ("culprits", True),
    SIGNALS: ("bundle_signals", True),
    PRICE_VERSIONS: ("bundle_price_versions", False),
    UNIT_PRICES: ("bundle_unit_prices", True),
    RATES: ("bundle_rates", True),
    WEIGHTS: ("bundle_weights", False),
    RELIABILITY: ("bundle_reliability", False),
}
"""The files beside the events: the read that fills each, and whether it is of the one run."""

OF_THIS_STORE = frozenset({"batch_id", "ingested_at", "prev_run_id", "next_run_id"})
"""Columns that say where a run lies in a store, nothing of the run: left out."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """One run as files; `bundle_sha256` is over the manifest, which holds the hash of each file."""

    run_id: str
    files: Mapping[str, bytes]
    bundle_sha256: str


def with_manifest(run_id: str, files: Mapping[str, bytes], said: Mapping[str, Any]) -> Bundle:
    """The files and their manifest; `said`: versions, and what is not captured."""
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "run_id": run_id,
        "files": {
            name: {"sha256": sha256(body), "bytes": len(body), "lines": body.count(b"\n")}
            for name, body in files.items()
        },
        **said,
    }
    manifest["bundle_sha256"] = sha256(canonical(manifest))
    return Bundle(run_id, {**files, MANIFEST: canonical(manifest) + b"\n"}, manifest["bundle_sha256"])


def sha256(body: bytes) -> str:
    """The hash of a file, in hexadecimal."""
    return hashlib.sha256(body).hexdigest()
