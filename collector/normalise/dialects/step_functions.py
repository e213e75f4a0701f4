"""AWS Step Functions: the workflow's name is the end of its state machine's ARN, an execution's ARN names one run."""

from collections.abc import Iterator

from collector.normalise.dialects import Dialect, Said
from collector.normalise.part import Part

_MACHINE = r"aws\.step_?functions\.state_machine\.arn"
_EXECUTION = r"aws\.step_?functions\.execution\.arn"


def read(part: Part) -> Iterator[Said]:
    """The workflow, and what makes several traces one run."""
    named = part.said("workflow")
    for key, _ in part.keys(_MACHINE):
        for row, arn in part.texts(key).items():
            if row not in named:
                yield Said(row, "workflow", arn.rpartition(":")[2], key)
    for key, _ in part.keys(_EXECUTION):
        for row, arn in part.texts(key).items():
            yield Said(row, "run_keys", [f"step_functions:{arn}"], key)
            machine = arn.split(":")[6:7]
            if row not in named and machine:
                yield Said(row, "workflow", machine[0], key)


DIALECT = Dialect("step_functions", read, keys=("aws.step_functions.*", "aws.stepfunctions.*"))
