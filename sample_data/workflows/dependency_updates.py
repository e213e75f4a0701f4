"""dependency-updates: a night-time agent opens and merges pull requests. Planted: the small model takes over all but
the repairs."""

from sample_data import ids
from sample_data.clock import MICROSECONDS_PER_HOUR
from sample_data.conversation import Conversation
from sample_data.faults import ROUTING_FIRST_WEEK, SMALL_MODEL_ROUTING
from sample_data.model import Difference, Planted, Run, RunWords, Verification
from sample_data.run_builder import RunBuilder
from sample_data.tool_use import ToolUse
from sample_data.workflows.dependency_case import DependencyCase, make_case
from sample_data.workflows.slots import NIGHT_HOURS, Shape, Slot, Week, Workflow, checks_until, slots

_LARGE, _SMALL = "claude-sonnet-4-6", "claude-haiku-4-5"
_SHAPE = Shape(120, (1.0, 1.0, 1.0, 1.0, 1.0, 0.35, 0.25), NIGHT_HOURS)
_ENDINGS = {
    "merged": 0.70, "merged_unchecked": 0.04, "closed_unmerged": 0.03, "tests_red": 0.145, "escalated": 0.06,
    "cancelled": 0.02, "lost": 0.005,
}  # fmt: skip
"""The same in every week: the routing must not change what gets done."""
_REVIEWERS = ("anja.keller", "rahul.mehta", "sofia.brandt")


def tell(week: Week) -> list[Run]:
    """The runs of one week."""
    return [_run(week, slot) for slot in slots(week, "dependency-updates", _SHAPE, _ENDINGS)]


def _run(week: Week, slot: Slot) -> Run:
    case = make_case(slot.rng)
    is_routed = week.number >= ROUTING_FIRST_WEEK
    run = RunBuilder(slot.rng, "dependency-agent", slot.started_us, Conversation(9_600), uses_hex_ids=True)
    words = RunWords(
        run_id=ids.trace_id(slot.rng), workflow="dependency-updates", agent="dependency-agent",
        agent_version="2.0.0" if is_routed else "1.9.2", prompt_version="deps-11", env=slot.env, team="platform",
        tenant=None, user=None, session=case.branch,
    )  # fmt: skip
    run.open("agent", "dependency-agent", said=case.task)
    run.hear(case.task)
    is_grouped = slot.rng.random() < 0.3
    if is_grouped:
        run.open("chain", "update_dependency")
    small = _SMALL if is_routed else _LARGE
    declared, claim = _work(run, slot.ending, case, small)
    if declared is None:
        run.abandon()
    else:
        if is_grouped:
            run.close()
        run.close(
            said=claim, error=("TestsFailed", "checks stayed red after 3 repairs") if declared == "failure" else None
        )
    planted = (Planted(SMALL_MODEL_ROUTING, None),) if is_routed else ()
    checks = tuple(c for c in _checks(slot, case, run.now_us) if checks_until(week, c.checked_us))
    return Run(words, tuple(run.steps), declared, claim, checks, planted=planted)


def _work(run: RunBuilder, ending: str, case: DependencyCase, small: str) -> tuple[str | None, str | None]:
    """Everything inside the container. Returns what was declared, and the claim."""
    _read(run, case, small)
    if ending == "lost":
        return None, None
    if ending == "cancelled":
        return "cancelled", f"Superseded: a newer release of {case.package} came out meanwhile."
    if ending == "escalated":
        run.think(small, f"{case.package} {case.new} drops an interface that {case.repository} uses in nine places.")
        run.escalate("platform-team", f"{case.package} {case.new} needs a migration, not a version bump")
        return "escalated", f"Opened no pull request: {case.package} {case.new} needs a person."
    repairs = 3 if ending == "tests_red" else run.rng.choice((0, 0, 1, 1, 2))
    _edit_until_green(run, case, small, repairs, is_green=ending != "tests_red")
    if ending == "tests_red":
        run.think(
            small,
            f"The suite of {case.repository} stays red with {case.package} {case.new}; I leave the branch for review.",
        )
        return "failure", f"Tests of {case.repository} fail with {case.package} {case.new}."
    return _open_and_merge(run, ending, case, small)


def _read(run: RunBuilder, case: DependencyCase, small: str) -> None:
    manifest = ToolUse(
        "read_file",
        {"repository": case.repository, "path": case.manifest},
        case.manifest_lines(),
        median_ms=60,
        hidden_tokens=1_700,
    )
    advisories = ToolUse(
        "list_advisories", {"package": case.package, "version": case.old}, case.advisories(), median_ms=310
    )
    run.use_tools(small, manifest, advisories)
    run.retrieve("changelogs", f"{case.package} {case.old} to {case.new} breaking changes", [
        {"id": f"{case.package}@{case.new}#changelog", "score": 0.91},
        {"id": f"{case.package}@{case.new}#migration", "score": 0.66},
    ], hidden_tokens=5_200)  # fmt: skip
    run.think(small, case.summary, reasoning_tokens=run.rng.randrange(80, 420))


def _edit_until_green(run: RunBuilder, case: DependencyCase, small: str, repairs: int, *, is_green: bool) -> None:
    edit = ToolUse(
        "edit_file", {"path": case.manifest, "patch": case.patch()}, {"applied": True, "hunks": 1}, "write", 40
    )
    run.use_tools(small, edit, say=f"Raise {case.package} to {case.new}.")
    for round_number in range(repairs + 1):
        is_last = round_number == repairs
        passed = is_last and is_green
        tests = ToolUse(
            "run_tests",
            {"repository": case.repository, "ref": case.branch},
            case.test_report(passed),
            "read",
            38_000,
            hidden_tokens=900 if passed else 3_800,
        )
        run.use_tools(small, tests)
        if not is_last:
            fix = ToolUse(
                "edit_file",
                {"path": case.source_file, "patch": case.fix_patch(round_number)},
                {"applied": True, "hunks": 2},
                "write",
                45,
            )
            run.use_tools(_LARGE, fix, say=case.diagnosis, reasoning_tokens=run.rng.randrange(200, 900))


def _open_and_merge(run: RunBuilder, ending: str, case: DependencyCase, small: str) -> tuple[str, str]:
    run.check("license_allowlist", "pass", version="12")
    body = {"repository": case.repository, "branch": case.branch, "title": case.title, "body": case.summary}
    opened = ToolUse("open_pull_request", body, {"number": case.number, "url": case.url}, "write", 720)
    run.use_tools(small, opened)
    run.check("ci_green", "pass", version="4")
    merge = {"repository": case.repository, "number": case.number, "method": "squash"}
    if case.is_major:
        reviewer = run.rng.choice(_REVIEWERS)
        run.approval(
            "merge_pull_request",
            merge,
            "dependency-agent",
            reviewer,
            "granted",
            "read the changelog, looks fine",
            300 + run.rng.random() * 5_400,
        )
    result = {
        "merged": ending != "closed_unmerged",
        "queued": ending == "closed_unmerged",
        "sha": f"{run.rng.getrandbits(160):040x}",
    }
    run.use_tools(small, ToolUse("merge_pull_request", merge, result, "write", 980))
    claim = f"Merged {case.package} {case.old} → {case.new} in {case.repository}, pull request #{case.number}."
    run.think(small, claim)
    return "success", claim


def _checks(slot: Slot, case: DependencyCase, ended_us: int) -> list[Verification]:
    """The code host is asked once a few hours later whether the change is on the main branch."""
    checked_us = ended_us + slot.rng.randrange(3, 30) * MICROSECONDS_PER_HOUR
    # Numbers are drawn, and two runs may draw one: the head of the change tells them apart.
    outcome_id = f"{case.url}/commits/{slot.started_us:x}"
    if slot.ending == "merged":
        return [
            Verification(
                "success",
                "change_merged",
                outcome_id,
                "code-host",
                "system_of_record",
                checked_us,
                f"#{case.number} is on main",
            )
        ]
    if slot.ending == "tests_red":
        return [
            Verification(
                "failure",
                "change_merged",
                outcome_id,
                "code-host",
                "system_of_record",
                checked_us,
                "no pull request for this branch",
                None,
                (case.not_merged(None),),
            )
        ]
    if slot.ending == "closed_unmerged":
        difference: Difference = case.not_merged("closed")
        return [
            Verification(
                "failure",
                "change_merged",
                outcome_id,
                "code-host",
                "system_of_record",
                checked_us,
                f"#{case.number} left the merge queue",
                None,
                (difference,),
            )
        ]
    return []


WORKFLOW = Workflow("dependency-updates", "openinference", tell)
