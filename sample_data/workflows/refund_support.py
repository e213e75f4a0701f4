"""refund-support: a shop's agent answers customers who want their money back. Planted: v7, the prompt that refunds
nothing."""

from sample_data import ids
from sample_data.clock import MICROSECONDS_PER_DAY, MICROSECONDS_PER_HOUR, MICROSECONDS_PER_SECOND
from sample_data.conversation import Conversation
from sample_data.faults import SILENT_REFUND_SHARE, SILENT_REFUND_WEEK, SILENT_REFUNDS
from sample_data.model import Annotation, Difference, Planted, Run, RunWords, Verification
from sample_data.money import NANO_PER_CENT
from sample_data.quota import quota
from sample_data.run_builder import RunBuilder
from sample_data.tool_use import Fault, ToolUse
from sample_data.vocabulary import TENANTS, dollars
from sample_data.workflows.refund_case import RefundCase, make_case
from sample_data.workflows.slots import SHOP_HOURS, Shape, Slot, Week, Workflow, checks_until, slots

_MODEL = "claude-sonnet-4-6"
_SHAPE = Shape(410, (1.15, 1.05, 1.0, 1.0, 1.05, 0.6, 0.5), SHOP_HOURS)
_ENDINGS = {
    "refunded": 0.70, "refunded_unseen": 0.01, "refund_undone": 0.005, "declined": 0.12, "escalated": 0.085,
    "payments_down": 0.035, "failed_but_paid": 0.005, "cancelled": 0.03, "lost": 0.01,
}  # fmt: skip
_APPROVAL_FROM_CENTS = 15_000
_VERSIONS = ("v5", "v5", "v5", "v6", "v6", "v7", "v8", "v8")
_APPROVERS = ("maria.lopez", "tom.adler", "shreya.rao")


def tell(week: Week) -> list[Run]:
    """The runs of one week."""
    slots_of_week = slots(week, "refund-support", _SHAPE, _ENDINGS)
    if week.number == SILENT_REFUND_WEEK:
        slots_of_week = _plant_silent_refunds(week, slots_of_week)
    return [_run(week, slot) for slot in slots_of_week]


def _plant_silent_refunds(week: Week, slots_of_week: list[Slot]) -> list[Slot]:
    """Of the refunds in production, the planted share becomes silent failures."""
    hit = [slot for slot in slots_of_week if slot.env == "prod" and slot.ending == "refunded"]
    shares = {"refund_lost": SILENT_REFUND_SHARE, "refunded": 1 - SILENT_REFUND_SHARE}
    fates = iter(quota(hit[0].rng, len(hit), shares))
    return [Slot(slot.rng, slot.started_us, slot.env, next(fates)) if slot in hit else slot for slot in slots_of_week]


def _run(week: Week, slot: Slot) -> Run:
    rng = slot.rng
    case = make_case(rng)
    run = RunBuilder(rng, "refund-agent", slot.started_us, Conversation(7_400), uses_hex_ids=True)
    words = _words(week, slot, case)
    root_said = case.text
    run.open("agent", "refund-agent", said=root_said)
    run.hear(case.text)
    culprit, declared, claim = _work(run, slot, case)
    if declared is None:
        run.abandon()
    else:
        run.close(
            said=claim,
            error=("PaymentsUnavailable", "payments API gave up after 3 attempts") if declared == "failure" else None,
        )
    told = Run(words, tuple(run.steps), declared, claim)
    return _what_came_after(week, slot, case, told, culprit)


def _words(week: Week, slot: Slot, case: RefundCase) -> RunWords:
    version = _VERSIONS[week.number]
    if slot.env == "staging" and week.number == SILENT_REFUND_WEEK:
        version = "v8-rc1"
    return RunWords(
        run_id=ids.trace_id(slot.rng), workflow="refund-support", agent="refund-agent",
        agent_version="3.4.1" if week.number < 4 else "3.5.0", prompt_version=version, env=slot.env,
        team="customer-care", tenant=slot.rng.choice(TENANTS), user=case.customer_id, session=case.ticket_id,
    )  # fmt: skip


def _work(run: RunBuilder, slot: Slot, case: RefundCase) -> tuple[str | None, str | None, str | None]:
    """The steps between the container's start and end. Returns the step that matters, what was declared, and the
    claim."""
    _look_up(run, case)
    if slot.ending == "lost":
        return None, None, None
    if slot.ending == "cancelled":
        return None, "cancelled", f"{case.first_name} withdrew the request while it was being checked."
    if slot.ending == "escalated":
        return _escalate(run, case)
    if slot.ending == "declined":
        return _decline(run, case)
    return _refund(run, slot, case)


def _look_up(run: RunBuilder, case: RefundCase) -> None:
    order = ToolUse("lookup_order", {"order_id": case.order_id}, case.order(), median_ms=190)
    run.use_tools(_MODEL, order)
    if run.rng.random() < 0.7:
        run.retrieve("refund-policy", case.policy_query, [
            {"id": "policy/returns-2026#damaged", "score": 0.87}, {"id": "policy/returns-2026#windows", "score": 0.74},
        ])  # fmt: skip
    payment = ToolUse("get_payment", {"charge_id": case.charge_id}, case.payment(), median_ms=260)
    shipment = ToolUse("get_shipment", {"tracking": case.tracking}, case.shipment(), median_ms=420)
    run.use_tools(_MODEL, *((payment, shipment) if run.rng.random() < 0.4 else (payment,)))


def _escalate(run: RunBuilder, case: RefundCase) -> tuple[str, str, str]:
    run.check("fraud_signals", "fail", version="2026-08", reason="third refund from this card in 30 days")
    run.think(_MODEL, "Three refunds on one card within a month: this one is for the risk team to decide.")
    step_id = run.escalate("risk-team", f"possible refund abuse on {case.order_id}")
    return step_id, "escalated", f"Handed {case.ticket_id} to the risk team."


def _decline(run: RunBuilder, case: RefundCase) -> tuple[str, str, str]:
    run.check("return_window", "fail", version="2026-08", reason="delivered 71 days ago, window is 60 days")
    answer = (
        f"Hello {case.first_name}, order {case.order_id} was delivered more than 60 days ago, so we cannot refund it."
    )
    reply = ToolUse("send_reply", {"ticket_id": case.ticket_id, "body": answer}, {"sent": True}, "write", 220)
    step_id = run.use_tools(_MODEL, reply)[0]
    run.think(_MODEL, answer)
    return step_id, "success", f"Explained the return window to {case.first_name} and closed {case.ticket_id}."


def _refund(run: RunBuilder, slot: Slot, case: RefundCase) -> tuple[str, str, str]:
    run.check("refund_amount_cap", "pass", version="2026-08")
    request = {"order_id": case.order_id, "charge_id": case.charge_id, "amount_usd": dollars(case.amount_cents)}
    if case.amount_cents >= _APPROVAL_FROM_CENTS:
        approver = run.rng.choice(_APPROVERS)
        run.approval(
            "create_refund",
            request,
            "refund-agent",
            approver,
            "granted",
            "damage visible on the photo",
            40 + run.rng.random() * 900,
        )
    if slot.ending in ("payments_down", "failed_but_paid"):
        return _payments_down(run, case, request)
    if slot.ending == "refund_lost":
        request["settlement"] = "deferred"
        result = {"status": "accepted", "refund_id": case.refund_id, "settlement": "deferred"}
    else:
        result = {"status": "succeeded", "refund_id": case.refund_id, "settlement": "immediate"}
    refund = ToolUse(
        "create_refund", request, result, "destructive", 640, http="POST https://payments.example/v1/refunds"
    )
    step_id = run.use_tools(_MODEL, refund)[0]
    claim = (
        f"Refund of {dollars(case.amount_cents):.2f} USD for order {case.order_id} is on its way to the card "
        f"ending {case.card_last4}. Reference {case.refund_id}."
    )
    close = ToolUse(
        "update_ticket",
        {"ticket_id": case.ticket_id, "status": "solved", "tags": ["refund"]},
        {"ok": True},
        "write",
        150,
    )
    reply = ToolUse(
        "send_reply",
        {"ticket_id": case.ticket_id, "body": f"Hello {case.first_name}, {claim}"},
        {"sent": True},
        "write",
        220,
    )
    run.use_tools(_MODEL, *((reply, close) if run.rng.random() < 0.5 else (reply,)))
    run.think(_MODEL, claim)
    return step_id, "success", claim


def _payments_down(run: RunBuilder, case: RefundCase, request: dict[str, object]) -> tuple[str, str, str]:
    failing = ToolUse(
        "create_refund",
        request,
        None,
        "destructive",
        900,
        failure=Fault("HTTPStatusError", "502 Bad Gateway from payments", 4_100),
    )
    step_id = run.use_tools(_MODEL, failing)[0]
    run.use_tools(_MODEL, failing)
    run.use_tools(_MODEL, failing)
    return step_id, "failure", f"Could not refund {case.order_id}: the payment system did not answer."


def _what_came_after(week: Week, slot: Slot, case: RefundCase, run: Run, culprit: str | None) -> Run:
    """The payment ledger is compared every night at 02:10 UTC; about one run in twelve is left out."""
    if run.declared in (None, "cancelled", "escalated") or slot.rng.random() < 0.08:
        checks: tuple[Verification, ...] = ()
    else:
        checks = tuple(c for c in _checks(slot, case, run) if checks_until(week, c.checked_us))
    if slot.ending != "refund_lost":
        return Run(run.words, run.steps, run.declared, run.claim, checks)
    if not checks:
        checks = tuple(_checks(slot, case, run))
    blame = Annotation(
        culprit or "", "culprit", "incident-review", "deferred settlement was requested, and nothing settles it",
        checks[0].checked_us + 3 * MICROSECONDS_PER_HOUR,
    )  # fmt: skip
    planted = (Planted(SILENT_REFUNDS, culprit),)
    return Run(run.words, run.steps, run.declared, run.claim, checks, (), (blame,), planted)


def _checks(slot: Slot, case: RefundCase, run: Run) -> list[Verification]:
    night_us = (run.ended_us // MICROSECONDS_PER_DAY + 1) * MICROSECONDS_PER_DAY + 130 * 60 * MICROSECONDS_PER_SECOND
    checked_us = night_us + slot.rng.randrange(20 * 60) * MICROSECONDS_PER_SECOND
    if slot.ending == "declined":
        return [
            Verification(
                "success",
                "ticket_closed",
                case.ticket_id,
                "helpdesk-export",
                "system_of_record",
                checked_us,
                f"{case.ticket_id} stayed closed",
            )
        ]
    verified = {"refunded": "success", "failed_but_paid": "success", "refund_undone": "success"}.get(
        slot.ending, "failure"
    )
    value = case.amount_cents * NANO_PER_CENT
    missing = Difference(f"charge {case.charge_id}", "status", "refunded", "captured", "captured")
    diff = (missing,) if verified == "failure" else ()
    first = Verification(
        verified, "refund_paid", case.refund_id, "payments-ledger", "system_of_record", checked_us,
        f"ledger row of {case.charge_id}", value, diff,
    )  # fmt: skip
    if slot.ending != "refund_undone":
        return [first]
    undone = Verification(
        "reversed", "refund_paid", case.refund_id, "payments-ledger", "system_of_record",
        checked_us + 4 * MICROSECONDS_PER_DAY, "the bank returned the refund: account closed", value,
    )  # fmt: skip
    return [first, undone]


WORKFLOW = Workflow("refund-support", "otel_genai", tell)
