"""A run explained: the fourteen questions of a reviewer, each answered or said to be not captured."""

from collector.bundle.reads import Reads
from collector.explain import decision, record
from collector.explain.evidence import Evidence, gather
from collector.explain.report import Report
from collector.explain.summary import blame, in_short


def explain(reads: Reads, run_id: str) -> Report:
    """The report of a run. The same store gives the same report: it names no time of making. Raises NotFound."""
    return report_of(gather(reads, run_id))


def report_of(evidence: Evidence) -> Report:
    """The report that this evidence makes. Pure."""
    title = f"Run {evidence.run['run_id']} explained"
    parts = (in_short(evidence), blame(evidence), *decision.sections(evidence), *record.sections(evidence))
    return Report(title, parts)
