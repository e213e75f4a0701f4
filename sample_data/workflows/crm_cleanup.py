"""crm-cleanup: an agent merges duplicate contacts. Planted: two days of asking the same page again, and an approval
of one's own request."""

from sample_data import ids
from sample_data.clock import MICROSECONDS_PER_DAY, MICROSECONDS_PER_HOUR, midnight_us
from sample_data.conversation import Conversation
from sample_data.faults import (
    LOOP_CALLS,
    LOOP_DAYS,
    LOOP_SHARE,
    LOOP_WEEK,
    MONEY_LOOP,
    SELF_APPROVAL,
    SELF_APPROVAL_WEEK,
)
from sample_data.model import Annotation, Difference, Planted, Run, RunWords, Verification
from sample_data.quota import quota
from sample_data.run_builder import RunBuilder
from sample_data.tool_use import Fault, ToolUse
from sample_data.vocabulary import TENANTS
from sample_data.workflows.crm_case import CrmCase, make_case
from sample_data.workflows.slots import OFFICE_HOURS, Shape, Slot, Week, Workflow, checks_until, slots

_MODEL = "gpt-4.1-mini"
_SHAPE = Shape(150, (1.1, 1.0, 1.0, 1.0, 0.9, 0.3, 0.3), OFFICE_HOURS)
_ENDINGS = {
    "merged": 0.62, "merged_wrong": 0.02, "deleted": 0.12, "nothing_to_do": 0.09, "denied": 0.03, "escalated": 0.05,
    "failed": 0.05, "cancelled": 0.01, "lost": 0.01,
}  # fmt: skip
_ENRICHMENT_NANO_USD = 12_000_000
_OPERATORS = ("d.whitfield", "l.nakamura", "p.santos", "i.berg")


def tell(week: Week) -> list[Run]:
    """The runs of one week."""
    slots_of_week = slots(week, "crm-cleanup", _SHAPE, _ENDINGS)
    if week.number == LOOP_WEEK:
        slots_of_week = _plant_loops(week, slots_of_week)
    if week.number == SELF_APPROVAL_WEEK:
        first = slots_of_week[0]
        slots_of_week[0] = Slot(first.rng, first.started_us, "prod", "deleted_by_own_yes")
    return [_run(week, slot) for slot in slots_of_week]


def _plant_loops(week: Week, slots_of_week: list[Slot]) -> list[Slot]:
    """On the planted days the planted share of runs goes round in circles; half of those run into the ceiling."""
    start_us = midnight_us(week.monday)
    hit = [
        index
        for index, slot in enumerate(slots_of_week)
        if (slot.started_us - start_us) // MICROSECONDS_PER_DAY in LOOP_DAYS
    ]
    shares = {"loop_stopped": LOOP_SHARE / 2, "loop_given_up": LOOP_SHARE / 2, "": 1 - LOOP_SHARE}
    fates = quota(slots_of_week[hit[0]].rng, len(hit), shares)
    for index, fate in zip(hit, fates, strict=True):
        slot = slots_of_week[index]
        slots_of_week[index] = Slot(slot.rng, slot.started_us, slot.env, fate or slot.ending)
    return slots_of_week


def _run(week: Week, slot: Slot) -> Run:
    case = make_case(slot.rng)
    run = RunBuilder(slot.rng, "crm-hygiene-agent", slot.started_us, Conversation(5_200), uses_hex_ids=False)
    words = RunWords(
        run_id=ids.uuid4(slot.rng), workflow="crm-cleanup", agent="crm-hygiene-agent", agent_version="0.8.3",
        prompt_version="cleanup-4" if week.number < 3 else "cleanup-5", env=slot.env, team="revenue-operations",
        tenant=slot.rng.choice(TENANTS), user=None, session=None,
    )  # fmt: skip
    run.hear(case.task)
    if slot.ending.startswith("loop"):
        return _loop(slot, run, words, case)
    declared, claim, key_step = _work(run, slot, case)
    checks = tuple(c for c in _checks(slot, case, run.steps[-1].ended_us) if checks_until(week, c.checked_us))
    told = Run(words, tuple(run.steps), declared, claim, checks)
    return _own_yes(told, key_step) if slot.ending == "deleted_by_own_yes" else told


def _work(run: RunBuilder, slot: Slot, case: CrmCase) -> tuple[str | None, str | None, str | None]:
    """The steps of an ordinary run. Returns what was declared, the claim, and the step that matters."""
    run.use_tools(
        _MODEL,
        ToolUse("search_contacts", {"query": case.query, "cursor": None, "limit": 50}, case.found(), median_ms=240),
    )
    if slot.ending == "lost":
        return None, None, None
    if slot.ending in ("nothing_to_do", "cancelled"):
        run.think(_MODEL, f"No two contacts of {case.company} are the same person.")
        return (
            ("success", f"{case.company}: no duplicates.", None)
            if slot.ending == "nothing_to_do"
            else ("cancelled", "The account owner stopped the clean-up.", None)
        )
    first, second = (ToolUse("get_contact", {"id": record["id"]}, record, median_ms=130) for record in case.records[:2])
    run.use_tools(_MODEL, first, second)
    run.check(
        "same_person_score",
        "warn" if slot.ending == "escalated" else "pass",
        version="3",
        reason=f"score {case.score:.2f}, from 0.80 on",
    )
    if slot.ending == "escalated":
        run.escalate("sales-operations", f"{case.names} may be two people with one address")
        return "escalated", f"Left {case.names} for sales operations to decide.", None
    if slot.ending in ("deleted", "denied", "deleted_by_own_yes"):
        return _delete(run, slot, case)
    return _merge(run, slot, case)


def _merge(run: RunBuilder, slot: Slot, case: CrmCase) -> tuple[str, str, str]:
    if run.rng.random() < 0.6:
        enrich = ToolUse("enrich_company", {"domain": case.domain}, case.enriched(), "read", 850, _ENRICHMENT_NANO_USD)
        run.use_tools(_MODEL, enrich)
    run.ceiling("max_records_changed", 50, len(case.records), "allow")
    if slot.ending == "failed":
        locked = Fault("RecordLockedError", f"{case.records[0]['id']} is locked by an import", 310)
        merge = ToolUse("merge_contacts", case.merge(), None, "destructive", 300, failure=locked)
        step_id = run.use_tools(_MODEL, merge)[0]
        run.think(_MODEL, f"I could not merge {case.names}: the record is locked.")
        return "failure", f"{case.company}: nothing merged, record locked.", step_id
    merge = ToolUse(
        "merge_contacts", case.merge(), {"merged_into": case.records[0]["id"], "removed": 1}, "destructive", 300
    )
    step_id = run.use_tools(_MODEL, merge)[0]
    run.check("required_fields", "pass", version="7", target=step_id)
    update = ToolUse(
        "update_contact",
        {"id": case.records[0]["id"], "fields": {"email": case.records[0]["email"]}},
        {"ok": True},
        "write",
        160,
    )
    run.use_tools(_MODEL, update)
    claim = f"{case.company}: merged {case.names} into {case.records[0]['id']}."
    run.think(_MODEL, claim)
    return "success", claim, step_id


def _delete(run: RunBuilder, slot: Slot, case: CrmCase) -> tuple[str, str, str]:
    stale = {"ids": [record["id"] for record in case.records], "reason": "bounced for 12 months, no open deal"}
    requester = run.rng.choice(_OPERATORS)
    other = run.rng.choice([operator for operator in _OPERATORS if operator != requester])
    by = requester if slot.ending == "deleted_by_own_yes" else other
    decision = "denied" if slot.ending == "denied" else "granted"
    reason = "two of them have an open quote" if decision == "denied" else "checked the list"
    step_id = run.approval("delete_contacts", stale, requester, by, decision, reason, 60 + run.rng.random() * 2_400)
    if decision == "denied":
        run.think(_MODEL, f"{by} said no; nothing was deleted at {case.company}.")
        return "failure", f"{case.company}: deletion refused.", step_id
    run.use_tools(_MODEL, ToolUse("delete_contacts", stale, {"deleted": len(case.records)}, "destructive", 410))
    claim = f"{case.company}: deleted {len(case.records)} contacts that bounce."
    run.think(_MODEL, claim)
    return "success", claim, step_id


def _loop(slot: Slot, run: RunBuilder, words: RunWords, case: CrmCase) -> Run:
    """The search answers with the same cursor each time, and the agent asks for the next page each time."""
    times = slot.rng.randrange(*LOOP_CALLS)
    stuck = ToolUse(
        "search_contacts",
        {"query": case.query, "cursor": "b2Zmc2V0PTUw", "limit": 50},
        case.same_page(),
        median_ms=240,
        hidden_tokens=2_900,
    )
    asked = [run.use_tools(_MODEL, stuck, say="Fetching the next page.")[0] for _ in range(times)]
    if slot.ending == "loop_stopped":
        run.ceiling("max_steps_per_run", 2 * times, 2 * times + 1, "stop")
    else:
        run.think(_MODEL, f"I could not reach the end of the list for {case.company}.")
    blame = Annotation(
        asked[1], "culprit", "incident-review", "same search, same cursor, same answer: the loop starts here",
        run.now_us + 2 * MICROSECONDS_PER_DAY,
    )  # fmt: skip
    claim = f"{case.company}: clean-up not finished."
    return Run(
        words, tuple(run.steps), "failure", claim, annotations=(blame,), planted=(Planted(MONEY_LOOP, asked[1]),)
    )


def _own_yes(run: Run, step_id: str | None) -> Run:
    note = "requested and granted by the same person"
    blame = Annotation(step_id or "", "policy_breach", "internal-audit", note, run.ended_us + 3 * MICROSECONDS_PER_DAY)
    return Run(
        run.words,
        run.steps,
        run.declared,
        run.claim,
        run.verifications,
        (),
        (blame,),
        (Planted(SELF_APPROVAL, step_id),),
    )


def _checks(slot: Slot, case: CrmCase, ended_us: int) -> list[Verification]:
    """A person looks at about half of the changed accounts within two days."""
    if slot.ending not in ("merged", "merged_wrong", "deleted", "failed") or slot.rng.random() < 0.45:
        return []
    checked_us = ended_us + slot.rng.randrange(4, 50) * MICROSECONDS_PER_HOUR
    # An account is cleaned again and again: each time is an outcome of its own.
    outcome_id = f"account/{case.domain}/{case.records[0]['id']}"
    if slot.ending == "merged_wrong":
        apart = Difference(f"contact {case.records[1]['id']}", "exists", True, False, True)
        return [
            Verification(
                "failure",
                "account_cleaned",
                outcome_id,
                "sales-operations",
                "human",
                checked_us,
                "two people were merged into one",
                None,
                (apart,),
            )
        ]
    if slot.ending == "failed":
        return [
            Verification(
                "failure",
                "account_cleaned",
                outcome_id,
                "sales-operations",
                "human",
                checked_us,
                "duplicates are still there",
            )
        ]
    return [
        Verification(
            "success", "account_cleaned", outcome_id, "sales-operations", "human", checked_us, "sampled by hand"
        )
    ]


WORKFLOW = Workflow("crm-cleanup", "jsonl", tell)
