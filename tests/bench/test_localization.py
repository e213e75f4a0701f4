"""The figures of the localization bench, by hand; and that a slice of the public set comes out as it should."""

import os
from pathlib import Path

import pytest

from bench.localization.baselines import rules
from bench.localization.metrics import calibration_error, result, verdicts
from bench.localization.stores import Row, Said
from bench.localization.suite import Event, Label, Suite
from bench.localization.tau import is_held_out

TAU = Path(os.environ.get("TAU_DEV", Path(__file__).parents[2].parent / "shared" / "tau_dev"))


def label(run_id: str, root: str) -> Label:
    return Label(run_id, frozenset([root]), "kind", "group", is_held_out=False)


def steps() -> tuple[Event, ...]:
    """A failed read, a write, words, a write; and what a person said, which nobody can name."""
    return (
        {"step": 1, "type": "tool_call", "effect": "read", "status": "error"},
        {"step": 2, "type": "tool_call", "effect": "write"},
        {"step": 3, "type": "message", "role": "user"},
        {"step": 4, "type": "message", "role": "assistant"},
        {"step": 5, "type": "tool_call", "effect": "write"},
    )


def culprit(run_id: str, rank: int, step: str, confidence: float, abstained: bool = False) -> Row:
    said = {"run_id": run_id, "rank": rank, "step_id": step, "confidence": confidence, "band": "high"}
    return {**said, "abstained": abstained}


def suite(*labels: Label) -> Suite:
    return Suite("s", (), {one.run_id: one for one in labels}, {one.run_id: steps() for one in labels})


def test_figures_by_hand() -> None:
    """Named right; named second; not named, and next to it; abstained although right; nothing said."""
    runs = [label("a", "2"), label("b", "2"), label("c", "4"), label("d", "5"), label("e", "1")]
    said = Said(
        culprits=(
            culprit("a", 1, "2", 0.9),
            culprit("b", 1, "5", 0.6), culprit("b", 2, "2", 0.6),
            culprit("c", 1, "2", 0.7),
            culprit("d", 1, "5", 0.1, abstained=True),
        ),
        scores=({"run_id": "b", "step_id": "5"}, {"run_id": "b", "step_id": "2"}),
        cases=(),
        suspicions=(),
    )  # fmt: skip
    found = list(verdicts(suite(*runs), said).values())
    figures = result(found)
    assert (figures.runs, figures.top_1, figures.top_3, figures.abstained) == (5, 0.2, 0.4, 0.4)
    # c: step 2 stands next to step 4 among the steps that can be named.
    assert figures.within_1 == 0.4
    # Steps looked at before the right one, of four: a 1, b 1, c 2, d 3, e 0.
    assert figures.exam == pytest.approx((0.25 + 0.25 + 0.5 + 0.75 + 0) / 5)
    # Three answers, each in a bin of its own: |1 - 0.9|, |0 - 0.6|, |0 - 0.7|.
    assert calibration_error(found) == pytest.approx((0.1 + 0.6 + 0.7) / 3)


def test_simple_rules_by_hand() -> None:
    named = {name: [rule(label("a", root)) for root in "1245"] for name, rule in rules(suite(label("a", "2"))).items()}
    assert named["random"] == [0.25] * 4
    assert named["last step"] == [0, 0, 0, 1]
    assert named["last error"] == named["last error else last write"] == [1, 0, 0, 0]
    assert named["position prior"] == [0, 1, 0, 0]


def test_the_split_is_by_task_and_never_changes() -> None:
    """What was held out yesterday may have been looked at today: the first tasks as they were split when it began."""
    assert [task for task in (f"r{number}" for number in range(50)) if is_held_out(task)] == [
        "r1", "r4", "r13", "r20", "r23", "r27", "r38", "r43", "r45", "r49",
    ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif(not (TAU / "truth.jsonl").exists(), reason="the public set is not beside the project")
def test_a_slice_of_the_public_set(tmp_path: Path) -> None:
    """Some injected runs beside runs that passed: far more often right than the simple rule."""
    from bench.localization.stores import ask
    from bench.localization.tau import tau_suite

    whole = tau_suite(TAU, tmp_path)
    wanted = sorted(whole.labels)[::14]
    path = tmp_path / "slice.jsonl"
    golden = 0
    with path.open("w") as file:
        for line in whole.stores[0][0].read_text().splitlines():
            run_id = line.split('"run_id":', 1)[1].split('"')[1]
            golden += run_id.startswith("rg-")
            if run_id in wanted or (run_id.startswith("rg-") and golden < 2_000):
                file.write(line + "\n")
    here = [run_id for run_id in wanted if f'"{run_id}"' in path.read_text()]
    part = Suite("slice", ((path,),), {r: whole.labels[r] for r in here}, {r: whole.steps[r] for r in here})
    found = list(verdicts(part, ask(part, tmp_path)).values())
    simple = rules(part)["last error else last write"]
    assert len(found) >= 10
    assert result(found).top_1 >= sum(simple(one.label) for one in found) / len(found) + 0.2
    assert result(found).top_1 >= 0.75
