-- Silent failures: the agent declared success, and somebody checked and found that it was none.
-- grain: one row per outcome whose latest check failed while its last run declared success
-- diff, evidence: of that check. cost_usd: all that the outcome cost; value_usd: what it would have been worth, where known.
select
    outcomes.outcome,
    outcomes.outcome_id,
    outcomes.is_own,
    outcomes.run_id,
    outcomes.workflow,
    outcomes.workflow_version,
    outcomes.agent,
    outcomes.agent_version,
    outcomes.prompt_version,
    outcomes.env,
    outcomes.tenant,
    outcomes.team,
    outcomes.week,
    outcomes.week_start,
    outcomes.started_at,
    outcomes.runs,
    runs.claim,
    outcomes.checked_by,
    outcomes.method,
    outcomes.checked_at,
    checks.evidence,
    checks.diff,
    outcomes.cost_usd,
    outcomes.value_usd
from facts.outcomes as outcomes
inner join facts.runs as runs on outcomes.run_id = runs.run_id
left join facts.verifications as checks
    on outcomes.checked_at = checks.checked_at
    and case
        when checks.outcome_id is null then outcomes.run_id = checks.run_id
        else outcomes.outcome_id = checks.outcome_id and coalesce(outcomes.outcome = checks.outcome, true)
    end
    and checks.verified = 'failure'
where outcomes.is_silent_failure
qualify row_number() over (
    partition by outcomes.is_own, outcomes.outcome, outcomes.outcome_id
    order by checks.said_order desc
) = 1
