"""What the signals weighed before anything was measured: data of the product."""

from dataclasses import dataclass

from collector.store.localization import rows_of


@dataclass(frozen=True, slots=True)
class Prior:
    """Weights by signal, and the signals whose weight is not fitted."""

    weights: dict[str, float]
    fixed: frozenset[str]


def shipped_prior() -> Prior:
    """From queries/localization/signals.csv."""
    rows = rows_of("signals")
    weights = {row["signal"]: float(row["prior_weight"]) for row in rows}
    return Prior(weights, frozenset(row["signal"] for row in rows if row["is_fitted"] == "false"))
