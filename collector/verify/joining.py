"""Findings of an extract joined with what the store's runs declared. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from collector.verify.findings import Finding


@dataclass(frozen=True, slots=True)
class Declared:
    """One run and an outcome that it serves: `outcome_id` None where it named none; `declared` as the run said it."""

    run_id: str
    outcome_id: str | None
    outcome: str | None
    declared: str | None


@dataclass(frozen=True, slots=True)
class Joined:
    """What is to be written, and what is only counted."""

    checks: tuple[Finding, ...]
    silent_failures: int
    unclear: int
    not_declared: int
    missing: tuple[Declared, ...]

    def count(self, verified: str) -> int:
        """How many checks ended so."""
        return sum(check.verified == verified for check in self.checks)


def joined(declared: Iterable[Declared], findings: Iterable[Finding], outcome: str | None) -> Joined:
    """Each finding with the runs it speaks of; `outcome`: the kind of findings that name none.

    `missing` are the outcomes that were declared a success and that no finding speaks of, each once.
    """
    known = list(declared)
    by_run, by_outcome = defaultdict(list), defaultdict(list)
    for one in known:
        by_run[one.run_id].append(one)
        by_outcome[one.outcome_id].append(one)
    checks: list[Finding] = []
    spoken: set[Declared] = set()
    silent = unclear = unknown = 0
    for finding in findings:
        said = replace(finding, outcome=finding.outcome or outcome)
        about = by_run[said.run_id] if said.run_id else by_outcome[said.outcome_id] if said.outcome_id else []
        meant = [one for one in about if _is_meant(one, said)]
        spoken.update(meant)
        unknown += not meant
        unclear += bool(meant) and said.verified is None
        if meant and said.verified is not None:
            checks.append(said)
            silent += said.verified == "failure" and any(one.declared == "success" for one in meant)
    missing = (one for one in known if one.declared == "success" and one not in spoken)
    return Joined(tuple(checks), silent, unclear, unknown, _once(missing))


def as_failures(missing: Iterable[Declared], source: str) -> tuple[Finding, ...]:
    """Outcomes that the extract does not have, as checks that failed."""
    return tuple(
        Finding(
            None if one.outcome_id else one.run_id,
            one.outcome_id,
            one.outcome,
            "failure",
            None,
            None,
            f"not in the extract of {source}",
            (),
        )
        for one in missing
    )


def _is_meant(one: Declared, finding: Finding) -> bool:
    is_kind = one.outcome is None or finding.outcome is None or one.outcome == finding.outcome
    is_id = one.outcome_id is None or finding.outcome_id is None or one.outcome_id == finding.outcome_id
    return is_kind and is_id


def _once(missing: Iterable[Declared]) -> tuple[Declared, ...]:
    found = {(one.outcome, one.outcome_id) if one.outcome_id else one.run_id: one for one in missing}
    return tuple(found.values())
