"""How often the right step is named: `python -m bench.localization [--tau FOLDER] [--fit FOLDER]`."""

import argparse
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench._report import table
from bench.localization.baselines import rules
from bench.localization.fitting import write_fit
from bench.localization.metrics import Verdict, calibration_error, result, verdicts
from bench.localization.stores import Said, ask
from bench.localization.suite import Suite
from bench.localization.tau import natural_suite, tau_suite

_TAU = Path(os.environ.get("TAU_DEV", Path(__file__).parents[2].parent / "shared" / "tau_dev"))
_HEADER = ("runs of", "runs", "top-1", "top-3", "within 1", "EXAM", "abstained")


def main() -> None:
    """Print the tables; with --fit write weights and reliability for the product from the development part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tau", type=Path, default=_TAU, help="folder of the public set (default: %(default)s)")
    parser.add_argument("--work", type=Path, help="keep the stores there, and use those that are there")
    parser.add_argument("--fit", type=Path, metavar="FOLDER", help="write weights.csv and reliability.csv there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tachograph-localization-") as folder:
        work = options.work or Path(folder)
        work.mkdir(parents=True, exist_ok=True)
        suites = [
            make(options.tau, work, with_diff=with_diff)
            for with_diff in (True, False)
            for make in (tau_suite, natural_suite)
        ]
        said = [ask(suite, work) for suite in suites]
    if options.fit:
        write_fit(options.fit, list(zip(suites, said, strict=True)))
    for suite, answers in zip(suites, said, strict=True):
        _print_suite(suite, list(verdicts(suite, answers).values()))
        if suite.has_diffs:  # Suspicions do not look at what checks expected: the others would say the same.
            print(f"\nsuspicions in the checked runs of {suite.name}\n")
            print(table(("suspicion", "bad runs", "good runs", "right", "of all good runs"), _suspicions(answers)))


def _print_suite(suite: Suite, found: Sequence[Verdict]) -> None:
    for part, is_held_out in (("development", False), ("held out", True)):
        given = [one for one in found if one.label.is_held_out is is_held_out]
        if not given:
            continue
        print(f"\n{suite.name}: {part}, {len({one.label.group for one in given})} tasks or workflows\n")
        if suite.is_weak:
            one = result(given)
            print(f"{one.runs} runs agree with a weak label in {one.top_1:.1%} (top-3 {one.top_3:.1%}): no accuracy")
            continue
        kinds = sorted({one.label.kind for one in given})
        rows = [_row(kind, [one for one in given if one.label.kind == kind]) for kind in kinds]
        print(table(_HEADER, [*rows, _row("all", given)]))
        print(f"\n{table(('band', 'runs', 'share', 'right'), _bands(given))}")
        print(f"\nexpected calibration error {calibration_error(given):.3f}\n")
        simple = [(name, f"{_mean([rule(one.label) for one in given]):.1%}") for name, rule in rules(suite).items()]
        print(table(("simple rule", "top-1"), simple), flush=True)


def _row(name: str, given: Sequence[Verdict]) -> tuple[str, ...]:
    one = result(given)
    shares = (one.top_1, one.top_3, one.within_1, one.exam, one.abstained)
    return name, str(one.runs), *(f"{share:.1%}" for share in shares)


def _bands(given: Sequence[Verdict]) -> list[tuple[str, ...]]:
    rows = []
    for band in ("high", "medium", "low", "abstained"):
        held = [one for one in given if one.band == band]
        right = f"{_mean([float(one.is_top_1) for one in held]):.1%}" if held else ""
        rows.append((band, str(len(held)), f"{len(held) / len(given):.1%}", right))
    return rows


def _suspicions(said: Said) -> list[tuple[str, ...]]:
    good_runs = sum(row["good_runs"] for row in said.suspicions if row["suspicion"] == "any")
    rows = []
    for name in sorted({row["suspicion"] for row in said.suspicions}):
        held = [row for row in said.suspicions if row["suspicion"] == name]
        runs, bad = sum(row["checked_runs"] for row in held), sum(row["bad_runs"] for row in held)
        rows.append((name, str(bad), str(runs - bad), f"{bad / runs:.1%}", f"{(runs - bad) / good_runs:.1%}"))
    return rows


def _mean(values: Sequence[float]) -> float:
    return sum(values) / max(len(values), 1)


if __name__ == "__main__":
    main()
