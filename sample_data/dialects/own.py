"""`tachograph.*`: what no dialect has a word for (rules, approvals, escalations, ceilings, effects) and what holds
for a run."""

from sample_data.dialects.values import Attribute, anything, text
from sample_data.model import Run, Step

_OWN_NAME_KEYS = {"validator": "rule", "ceiling": "limit"}
OWN_KINDS = ("validator", "approval", "escalation", "ceiling", "message")


def step_attributes(step: Step) -> list[Attribute]:
    """The step's own kind and fields, its effect and its attempt."""
    attributes = []
    if step.kind in OWN_KINDS:
        attributes.append(text("tachograph.kind", step.kind))
        if key := _OWN_NAME_KEYS.get(step.kind):
            attributes.append(text(f"tachograph.{key}", step.name))
        attributes.extend(
            anything(f"tachograph.{key}", value) for key, value in step.details.items() if value is not None
        )
    if step.effect is not None:
        attributes.append(text("tachograph.effect", step.effect))
    if step.attempt > 1:
        attributes.append(anything("tachograph.attempt", step.attempt))
    return attributes


def run_attributes(run: Run) -> list[Attribute]:
    """What holds for the whole run: said on its root and on its first step, so that a lost root loses nothing."""
    words = run.words
    said = {
        "workflow": words.workflow, "agent_version": words.agent_version, "prompt_version": words.prompt_version,
        "env": words.env, "team": words.team, "tenant": words.tenant, "user": words.user, "session": words.session,
    }  # fmt: skip
    return [text(f"tachograph.{key}", value) for key, value in said.items() if value is not None]


def end_attributes(run: Run, *, status_says_it: bool) -> list[Attribute]:
    """How the run says it ended: on its root. `status_says_it`: the root's status tells success from failure."""
    attributes = []
    is_told_by_status = status_says_it and run.declared in ("success", "failure")
    if run.declared is not None and not is_told_by_status:
        attributes.append(text("tachograph.declared", run.declared))
    if run.claim is not None:
        attributes.append(text("tachograph.claim", run.claim))
    return attributes
