"""invoice-matching: two agents read and post supplier invoices. Planted: checks that come weeks later, and a ceiling
that let one pass."""

from sample_data.clock import MICROSECONDS_PER_DAY, MICROSECONDS_PER_HOUR, MICROSECONDS_PER_SECOND, day_of
from sample_data.conversation import Conversation
from sample_data.faults import (
    CEILING_PASSED,
    CEILING_PASSED_WEEK,
    EARLY_CHECK_SHARE,
    LATE_CHECK_DAYS,
    LATE_VERIFICATIONS,
)
from sample_data.model import Difference, ExtraCost, Planted, Run, RunWords, Verification
from sample_data.run_builder import RunBuilder
from sample_data.tool_use import Fault, ToolUse
from sample_data.vocabulary import TENANTS, dollars
from sample_data.workflows.invoice_case import InvoiceCase, make_case
from sample_data.workflows.slots import OFFICE_HOURS, Shape, Slot, Week, Workflow, checks_until, slots

_READER, _MATCHER = "gemini-2.5-flash", "gpt-4.1"
_SHAPE = Shape(190, (1.2, 1.0, 1.0, 1.0, 1.1, 0.15, 0.1), OFFICE_HOURS)
_ENDINGS = {
    "posted": 0.74, "posted_twice": 0.015, "reversed_later": 0.015, "held": 0.10, "escalated": 0.07, "failed": 0.04,
    "cancelled": 0.01, "lost": 0.01,
}  # fmt: skip
_AUTO_POST_MAX_CENTS = 1_000_000
_APPROVAL_FROM_CENTS = 500_000
_PAGE_NANO_USD = 15_000_000
_CLERKS = ("g.horvath", "m.oyelaran", "s.delacroix")


def tell(week: Week) -> list[Run]:
    """The runs of one week."""
    slots_of_week = slots(week, "invoice-matching", _SHAPE, _ENDINGS)
    if week.number == CEILING_PASSED_WEEK:
        first = slots_of_week[0]
        slots_of_week[0] = Slot(first.rng, first.started_us, "prod", "posted_above_ceiling")
    return [_run(week, slot) for slot in slots_of_week]


def _run(week: Week, slot: Slot) -> Run:
    amount = 1_485_000 if slot.ending == "posted_above_ceiling" else None
    case = make_case(slot.rng, amount, _AUTO_POST_MAX_CENTS)
    run = RunBuilder(slot.rng, "invoice-desk", slot.started_us, Conversation(3_900), uses_hex_ids=False)
    words = RunWords(
        run_id=f"inv-{day_of(slot.started_us)}-{slot.rng.getrandbits(32):08x}", workflow="invoice-matching",
        agent="invoice-desk",
        agent_version="5.1.0", prompt_version="match-17", env=slot.env, team="revenue-operations",
        tenant=slot.rng.choice(TENANTS), user=None, session=case.purchase_order,
    )  # fmt: skip
    run.open("workflow", "invoice-matching")
    declared, claim, passed = _work(run, slot, case)
    if declared is None:
        run.abandon()
    else:
        run.close(error=("PostingFailed", "the ledger refused the booking") if declared == "failure" else None)
    checks = tuple(c for c in _checks(slot, case, run.steps[-1].ended_us) if checks_until(week, c.checked_us))
    costs = (ExtraCost("tool", f"text recognition, {case.pages} pages", run.now_us, case.pages * _PAGE_NANO_USD),)
    return Run(words, tuple(run.steps), declared, claim, checks, costs, planted=_planted(checks, run.now_us, passed))


def _work(run: RunBuilder, slot: Slot, case: InvoiceCase) -> tuple[str | None, str | None, str | None]:
    """Everything inside the workflow. Returns what was declared, the claim, and the ceiling that was passed."""
    _read(run, case)
    if slot.ending == "lost":
        return None, None, None
    if slot.ending == "cancelled":
        return "cancelled", f"{case.supplier} withdrew invoice {case.invoice}.", None
    run.open("agent", "matcher", agent="matcher")
    order = ToolUse("find_purchase_order", {"number": case.purchase_order}, case.order(), median_ms=230)
    receipt = ToolUse(
        "find_goods_receipt",
        {"purchase_order": case.purchase_order},
        case.receipt(is_short=slot.ending == "held"),
        median_ms=260,
    )
    run.use_tools(_MATCHER, order, receipt)
    run.check("vat_id_valid", "pass", version="3")
    declared, claim, passed = _decide(run, slot, case)
    run.close()
    return declared, claim, passed


def _read(run: RunBuilder, case: InvoiceCase) -> None:
    run.open("agent", "extractor", agent="extractor")
    run.message("user", case.mail)
    run.hear(case.mail)
    fetch = ToolUse(
        "fetch_attachment",
        {"message_id": case.message_id, "name": f"{case.invoice}.pdf"},
        case.pdf(),
        median_ms=340,
        hidden_tokens=900 * case.pages,
    )
    run.use_tools(_READER, fetch)
    run.think(_READER, case.extraction(), reasoning_tokens=run.rng.randrange(0, 180))
    run.close()


def _decide(run: RunBuilder, slot: Slot, case: InvoiceCase) -> tuple[str, str, str | None]:
    if slot.ending == "held":
        run.check("three_way_match", "fail", version="9", reason=case.shortage)
        mail = ToolUse(
            "send_mail",
            {
                "to": case.supplier_email,
                "subject": f"Invoice {case.invoice}",
                "body": f"We hold {case.invoice}: {case.shortage}.",
            },
            {"queued": True},
            "write",
            190,
        )
        run.use_tools(_MATCHER, mail)
        return "success", f"Held {case.invoice}: {case.shortage}.", None
    if slot.ending == "escalated":
        run.check("three_way_match", "warn", version="9", reason="unit price differs by 4.1 %")
        run.escalate("accounts-payable", f"price of {case.item} differs from {case.purchase_order}")
        return "escalated", f"Passed {case.invoice} to accounts payable.", None
    run.check("three_way_match", "pass", version="9")
    return _post(run, slot, case)


def _post(run: RunBuilder, slot: Slot, case: InvoiceCase) -> tuple[str, str, str | None]:
    is_above = case.total_cents > _AUTO_POST_MAX_CENTS
    ceiling_id = run.ceiling("max_auto_post_usd", dollars(_AUTO_POST_MAX_CENTS), dollars(case.total_cents), "allow")
    booking = {
        "invoice": case.invoice,
        "supplier": case.supplier,
        "amount_usd": dollars(case.total_cents),
        "account": "4400",
    }
    if case.total_cents >= _APPROVAL_FROM_CENTS and not is_above:
        clerk = run.rng.choice(_CLERKS)
        run.approval(
            "post_invoice",
            booking,
            "invoice-desk",
            clerk,
            "granted",
            "order and receipt match",
            120 + run.rng.random() * 3_000,
        )
    if slot.ending == "failed":
        failing = ToolUse(
            "post_invoice",
            booking,
            None,
            "write",
            700,
            failure=Fault("PeriodClosedError", "the posting period is closed", 640),
        )
        run.use_tools(_MATCHER, failing)
        return "failure", f"{case.invoice} was not posted: the period is closed.", None
    run.use_tools(
        _MATCHER, ToolUse("post_invoice", booking, {"document": case.document, "status": "posted"}, "write", 700)
    )
    claim = f"Posted {case.invoice} of {case.supplier} over {dollars(case.total_cents):.2f} USD as {case.document}."
    run.think(_MATCHER, claim)
    return "success", claim, ceiling_id if is_above else None


def _planted(checks: tuple[Verification, ...], ended_us: int, passed: str | None) -> tuple[Planted, ...]:
    facts = [] if passed is None else [Planted(CEILING_PASSED, passed)]
    if any(check.checked_us - ended_us >= LATE_CHECK_DAYS[0] * MICROSECONDS_PER_DAY for check in checks):
        facts.append(Planted(LATE_VERIFICATIONS, None))
    return tuple(facts)


def _checks(slot: Slot, case: InvoiceCase, ended_us: int) -> list[Verification]:
    """A rule looks at a third of the postings in the same night; the reconciliation looks at all of them, weeks
    later."""
    rng = slot.rng
    if slot.ending in ("escalated", "cancelled", "lost"):
        return []
    night_us = ended_us + rng.randrange(6, 20) * MICROSECONDS_PER_HOUR
    first_day, last_day = LATE_CHECK_DAYS
    late_us = ended_us + (first_day * 86_400 + rng.randrange((last_day - first_day) * 86_400)) * MICROSECONDS_PER_SECOND
    is_early = rng.random() < EARLY_CHECK_SHARE
    late = _late_check(slot, case, late_us)
    if not is_early or slot.ending == "failed":
        return [late]
    early = Verification(
        "success",
        "invoice_posted",
        case.document,
        "nightly-match",
        "rule",
        night_us,
        f"{case.document} balances",
    )
    contradicted = slot.ending in ("posted_twice", "reversed_later", "posted_above_ceiling")
    return [early, late] if contradicted else [early]


def _late_check(slot: Slot, case: InvoiceCase, moment_us: int) -> Verification:
    by = slot.rng.choice(_CLERKS)
    if slot.ending == "posted_twice":
        twice = Difference(f"invoice {case.invoice}", "postings", 1, 2, 1)
        return Verification(
            "failure",
            "invoice_posted",
            case.document,
            by,
            "human",
            moment_us,
            "already posted from the paper copy",
            None,
            (twice,),
        )
    if slot.ending in ("reversed_later", "posted_above_ceiling"):
        return Verification(
            "reversed", "invoice_posted", case.document, by, "human", moment_us, f"{case.document} was cancelled"
        )
    if slot.ending == "failed":
        missing = Difference(f"invoice {case.invoice}", "document", "posted", None, None)
        return Verification(
            "failure", "invoice_posted", case.document, by, "human", moment_us, "not in the ledger", None, (missing,)
        )
    return Verification("success", "invoice_posted", case.document, by, "human", moment_us, "monthly reconciliation")


WORKFLOW = Workflow("invoice-matching", "jsonl", tell)
