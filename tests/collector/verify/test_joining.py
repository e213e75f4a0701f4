"""Findings with what runs declared: who is spoken of, what is a silent failure, what is missing."""

from dataclasses import replace

from collector.verify.findings import Finding
from collector.verify.joining import Declared, as_failures, joined

NOTHING = Finding(None, None, None, "success", None, None, None, ())


def by_outcome(outcome_id: str, verified: str | None = "success", outcome: str | None = None) -> Finding:
    return replace(NOTHING, outcome_id=outcome_id, verified=verified, outcome=outcome)


def test_an_outcome_that_two_runs_serve_is_checked_once() -> None:
    runs = [Declared("a", "T-1", "closed", "escalated"), Declared("b", "T-1", "closed", "success")]
    result = joined(runs, [by_outcome("T-1", "failure")], None)
    assert (len(result.checks), result.silent_failures, result.missing) == (1, 1, ())


def test_a_run_that_serves_two_is_checked_for_the_one_that_is_meant() -> None:
    runs = [Declared("a", "T-1", "closed", "success"), Declared("a", "T-2", "closed", "success")]
    result = joined(runs, [replace(NOTHING, run_id="a", outcome_id="T-2")], None)
    assert result.missing == (runs[0],)


def test_an_id_of_another_kind_of_outcome_is_another_thing() -> None:
    runs = [Declared("a", "1", "ticket_closed", "success"), Declared("b", "1", None, "success")]
    assert joined(runs[:1], [by_outcome("1", outcome="change_merged")], None).not_declared == 1
    assert joined(runs[:1], [by_outcome("1")], "change_merged").not_declared == 1
    assert joined(runs[1:], [by_outcome("1")], "change_merged").checks == (by_outcome("1", outcome="change_merged"),)


def test_no_verdict_and_no_run_are_counted_and_not_written() -> None:
    runs = [Declared("a", None, None, "success"), Declared("b", None, None, "failure")]
    findings = [replace(NOTHING, run_id="a", verified=None), replace(NOTHING, run_id="z"), NOTHING]
    result = joined(runs, findings, None)
    assert (result.checks, result.unclear, result.not_declared, result.missing) == ((), 1, 2, ())


def test_what_is_missing_is_said_once_of_each_outcome_that_was_declared_a_success() -> None:
    runs = [
        Declared("a", "T-1", "closed", "success"),
        Declared("b", "T-1", "closed", "success"),
        Declared("c", None, None, "success"),
        Declared("d", "T-2", "closed", "escalated"),
        Declared("e", "T-3", "closed", None),
    ]
    failures = as_failures(joined(runs, [], None).missing, "desk")
    assert [(one.run_id, one.outcome_id, one.verified) for one in failures] == [
        (None, "T-1", "failure"), ("c", None, "failure")
    ]  # fmt: skip
    assert {one.evidence for one in failures} == {"not in the extract of desk"}
