"""What happened, before anybody wrote it down: runs, their steps, and what came after them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Json = Any
"""A JSON value: what agents pass to tools and get back has no fixed shape."""


@dataclass(frozen=True, slots=True)
class ModelUse:
    """What one model call used. Input tokens include the cached ones, output tokens the reasoning."""

    provider: str
    model: str
    response_model: str
    input_tokens: int
    output_tokens: int
    cache_read_tokens: int
    cache_write_tokens: int
    reasoning_tokens: int
    finish_reason: str
    time_to_first_token_us: int


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a run did. `kind` is a word of the product, or `http` and `chain` for plumbing, which is no step."""

    number: int
    step_id: str
    parent_id: str | None
    kind: str
    name: str
    agent: str
    started_us: int
    ended_us: int
    status: str = "ok"
    error_type: str | None = None
    error_message: str | None = None
    attempt: int = 1
    input: Json = None
    output: Json = None
    call_id: str | None = None
    effect: str | None = None
    cost_nano_usd: int | None = None
    use: ModelUse | None = None
    details: Mapping[str, Json] = field(default_factory=dict)

    @property
    def is_plumbing(self) -> bool:
        """Whether this is a span that is no step of an agent (HTTP client, chain)."""
        return self.kind in ("http", "chain")


@dataclass(frozen=True, slots=True)
class Difference:
    """One failed assertion of a verification: what a field of an entity should be, is, and was before the run."""

    entity: str
    field: str
    expected: Json
    actual: Json
    before: Json


@dataclass(frozen=True, slots=True)
class Verification:
    """What somebody checked in the real world, and when."""

    verified: str
    outcome: str
    outcome_id: str
    checked_by: str
    method: str
    checked_us: int
    evidence: str
    value_nano_usd: int | None = None
    diff: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class ExtraCost:
    """Money or minutes that no step carries."""

    kind: str
    note: str
    occurred_us: int
    amount_nano_usd: int | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Annotation:
    """A person's judgement of a step."""

    step_id: str
    label: str
    by: str
    note: str
    annotated_us: int


@dataclass(frozen=True, slots=True)
class Planted:
    """A fact that this run was made to show, and the step that shows it."""

    fact: str
    step_id: str | None


@dataclass(frozen=True, slots=True)
class RunWords:
    """What holds for a whole run."""

    run_id: str
    workflow: str
    agent: str
    agent_version: str
    prompt_version: str
    env: str
    team: str
    tenant: str | None
    user: str | None
    session: str | None


@dataclass(frozen=True, slots=True)
class Run:
    """One execution of an agent. `declared` is None where the run never said how it ended (the process died)."""

    words: RunWords
    steps: tuple[Step, ...]
    declared: str | None
    claim: str | None
    verifications: tuple[Verification, ...] = ()
    costs: tuple[ExtraCost, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    planted: tuple[Planted, ...] = ()

    @property
    def started_us(self) -> int:
        """Start of the first step."""
        return min(step.started_us for step in self.steps)

    @property
    def ended_us(self) -> int:
        """End of the last step."""
        return max(step.ended_us for step in self.steps)

    @property
    def verified(self) -> str | None:
        """The latest check; None where nobody checked."""
        latest = max(self.verifications, key=lambda check: check.checked_us, default=None)
        return None if latest is None else latest.verified
