"""it-triage: an agent sorts the company's IT tickets. Planted: more and more of them end with people; a model
without a price."""

from sample_data import ids
from sample_data.clock import MICROSECONDS_PER_HOUR
from sample_data.conversation import Conversation
from sample_data.faults import ESCALATED_SHARES, RISING_ESCALATIONS, UNPRICED_MODEL
from sample_data.model import Difference, ExtraCost, Planted, Run, RunWords, Verification
from sample_data.money import SELF_HOSTED_MODEL
from sample_data.run_builder import RunBuilder
from sample_data.tool_use import Fault, ToolUse
from sample_data.workflows.slots import OFFICE_HOURS, Shape, Slot, Week, Workflow, checks_until, slots
from sample_data.workflows.ticket_case import TicketCase, make_case

_MODEL = "gpt-4.1"
_SHAPE = Shape(310, (1.3, 1.1, 1.0, 1.0, 0.95, 0.2, 0.15), OFFICE_HOURS)
_OTHER_ENDINGS = {
    "fixed": 0.62, "answered": 0.25, "not_really_fixed": 0.02, "failed": 0.08, "cancelled": 0.02, "lost": 0.01,
}  # fmt: skip
_ALL_INTERNAL_SHARE, _SORTED_INTERNALLY_SHARE = 0.10, 0.30


def tell(week: Week) -> list[Run]:
    """The runs of one week."""
    escalated = ESCALATED_SHARES[week.number]
    endings = {ending: share * (1 - escalated) for ending, share in _OTHER_ENDINGS.items()} | {"escalated": escalated}
    return [_run(week, slot) for slot in slots(week, "it-triage", _SHAPE, endings)]


def _run(week: Week, slot: Slot) -> Run:
    case = make_case(slot.rng)
    luck = slot.rng.random()
    main = SELF_HOSTED_MODEL if luck < _ALL_INTERNAL_SHARE else _MODEL
    sorter = SELF_HOSTED_MODEL if luck < _ALL_INTERNAL_SHARE + _SORTED_INTERNALLY_SHARE else _MODEL
    run = RunBuilder(slot.rng, "it-triage-agent", slot.started_us, Conversation(4_800), uses_hex_ids=True)
    words = RunWords(
        run_id=ids.trace_id(slot.rng), workflow="it-triage", agent="it-triage-agent", agent_version="1.2.0",
        prompt_version="triage-9", env=slot.env, team="platform" if slot.rng.random() < 0.7 else "customer-care",
        tenant=None,
        user=case.reporter, session=case.ticket_id,
    )  # fmt: skip
    run.open("agent", "it-triage-agent", said=case.text)
    run.hear(case.text)
    declared, claim = _work(run, slot, case, sorter, main)
    if declared is None:
        run.abandon()
    else:
        run.close(
            said=claim, error=("DiagnosticFailed", f"{case.host} does not answer") if declared == "failure" else None
        )
    checks = tuple(c for c in _checks(slot, case, run.now_us) if checks_until(week, c.checked_us))
    return Run(
        words,
        tuple(run.steps),
        declared,
        claim,
        checks,
        _people(week, slot, run.now_us),
        planted=_planted(run, declared),
    )


def _work(run: RunBuilder, slot: Slot, case: TicketCase, sorter: str, main: str) -> tuple[str | None, str | None]:
    """Everything inside the container. Returns what was declared, and the claim."""
    ticket = ToolUse("get_ticket", {"ticket_id": case.ticket_id}, case.ticket(), median_ms=170)
    run.use_tools(sorter, ticket, say=f"Category: {case.category}, urgency {case.urgency}.")
    run.use_tools(
        main,
        ToolUse(
            "lookup_asset",
            {"hostname": case.host},
            case.asset(),
            median_ms=210,
            http="GET https://assets.corp.example/api/hosts",
        ),
    )
    if slot.ending == "lost":
        return None, None
    if slot.ending == "cancelled":
        return "cancelled", f"{case.reporter} closed {case.ticket_id} before it was looked at."
    run.retrieve(
        "runbooks",
        case.question,
        [{"id": f"runbook/{case.category}", "score": 0.83}, {"id": "runbook/first-steps", "score": 0.61}],
    )
    if slot.ending == "escalated":
        return _escalate(run, case, main)
    if slot.ending == "answered":
        run.think(main, case.answer)
        run.use_tools(
            main,
            ToolUse(
                "update_ticket",
                {"ticket_id": case.ticket_id, "comment": case.answer, "status": "resolved"},
                {"ok": True},
                "write",
                160,
            ),
        )
        return "success", f"Answered {case.ticket_id} from the runbook."
    return _repair(run, slot, case, main)


def _escalate(run: RunBuilder, case: TicketCase, main: str) -> tuple[str, str]:
    run.use_tools(
        main,
        ToolUse(
            "run_diagnostic",
            {"hostname": case.host, "check": case.diagnostic},
            case.diagnosis(is_clear=False),
            median_ms=2_600,
        ),
    )
    run.check("confidence_floor", "fail", version="2", reason="0.41, floor is 0.60")
    run.escalate(case.queue, f"{case.symptom} on {case.host}: no runbook fits")
    return "escalated", f"Passed {case.ticket_id} to {case.queue}."


def _repair(run: RunBuilder, slot: Slot, case: TicketCase, main: str) -> tuple[str, str]:
    check = {"hostname": case.host, "check": case.diagnostic}
    if slot.ending == "failed":
        failing = ToolUse(
            "run_diagnostic",
            check,
            None,
            median_ms=2_600,
            failure=Fault("TimeoutError", f"{case.host}: no answer within 30 s", 30_000),
        )
        run.use_tools(main, failing)
        run.use_tools(main, failing)
        run.think(main, f"I cannot reach {case.host} at all.")
        return "failure", f"{case.host} could not be examined."
    run.use_tools(main, ToolUse("run_diagnostic", check, case.diagnosis(is_clear=True), median_ms=2_600))
    run.check("change_window", "pass", version="5")
    result = {"ok": True, "exit_code": 0}
    run.use_tools(
        main,
        ToolUse(
            case.fix_tool,
            {"hostname": case.host, **case.fix_input},
            result,
            "write",
            3_800,
            http=f"POST https://{case.host}.corp.example/agent/run",
        ),
    )
    run.use_tools(
        main,
        ToolUse(
            "update_ticket",
            {"ticket_id": case.ticket_id, "comment": case.fix_claim, "status": "resolved"},
            {"ok": True},
            "write",
            160,
        ),
    )
    run.think(main, case.fix_claim)
    return "success", case.fix_claim


def _people(week: Week, slot: Slot, ended_us: int) -> tuple[ExtraCost, ...]:
    """Minutes that the second line booked on half of the tickets that it got."""
    booked_us = ended_us + slot.rng.randrange(2, 40) * MICROSECONDS_PER_HOUR
    if slot.ending != "escalated" or slot.rng.random() < 0.5 or not checks_until(week, booked_us):
        return ()
    return (ExtraCost("human", "second-line time from the service desk", booked_us, minutes=slot.rng.randrange(6, 46)),)


def _planted(run: RunBuilder, declared: str | None) -> tuple[Planted, ...]:
    facts = []
    if declared == "escalated":
        facts.append(Planted(RISING_ESCALATIONS, next(step.step_id for step in run.steps if step.kind == "escalation")))
    if any(step.name == SELF_HOSTED_MODEL for step in run.steps):
        facts.append(Planted(UNPRICED_MODEL, None))
    return tuple(facts)


def _checks(slot: Slot, case: TicketCase, ended_us: int) -> list[Verification]:
    """A ticket that stays closed for three days counts as solved; about six in ten are looked at."""
    if slot.ending not in ("fixed", "answered", "not_really_fixed", "failed") or slot.rng.random() < 0.4:
        return []
    checked_us = ended_us + slot.rng.randrange(72, 80) * MICROSECONDS_PER_HOUR
    if slot.ending in ("not_really_fixed", "failed"):
        reopened = Difference(
            f"ticket {case.ticket_id}",
            "status",
            "closed",
            "reopened" if slot.ending == "not_really_fixed" else "open",
            "open",
        )
        return [
            Verification(
                "failure",
                "ticket_closed",
                case.ticket_id,
                "service-desk",
                "system_of_record",
                checked_us,
                f"{case.ticket_id} is not closed",
                None,
                (reopened,),
            )
        ]
    return [
        Verification(
            "success",
            "ticket_closed",
            case.ticket_id,
            "service-desk",
            "system_of_record",
            checked_us,
            f"{case.ticket_id} closed for 72 h",
        )
    ]


WORKFLOW = Workflow("it-triage", "otel_genai_old", tell)
