-- Silent failures: the agent declared success, and somebody checked and found that it was none.
-- grain: one row per outcome whose latest check failed while its last run declared success
-- diff, evidence: of that check. cost_usd: all that the outcome cost; value_usd: what it would have been worth, where known.
-- Checks are found by equalities alone, those of a run and those of an outcome id apart: else DuckDB compares every pair.
with silent as (
    select *
    from facts.outcomes
    where is_silent_failure
),

found as (
    select
        silent.is_own,
        silent.outcome,
        silent.outcome_id,
        checks.evidence,
        checks.diff,
        checks.said_order
    from silent
    inner join facts.verifications as checks
        on silent.run_id = checks.run_id and silent.checked_at = checks.checked_at
    where checks.outcome_id is null and checks.verified = 'failure'
    union all
    select
        silent.is_own,
        silent.outcome,
        silent.outcome_id,
        checks.evidence,
        checks.diff,
        checks.said_order
    from silent
    inner join facts.verifications as checks
        on silent.outcome_id = checks.outcome_id and silent.checked_at = checks.checked_at
    where checks.verified = 'failure' and coalesce(silent.outcome = checks.outcome, true)
),

latest as (
    select *
    from found
    qualify row_number() over (
        partition by is_own, outcome, outcome_id
        order by said_order desc
    ) = 1
)

select
    silent.outcome,
    silent.outcome_id,
    silent.is_own,
    silent.run_id,
    silent.workflow,
    silent.workflow_version,
    silent.agent,
    silent.agent_version,
    silent.prompt_version,
    silent.env,
    silent.tenant,
    silent.team,
    silent.week,
    silent.week_start,
    silent.started_at,
    silent.runs,
    runs.claim,
    silent.checked_by,
    silent.method,
    silent.checked_at,
    latest.evidence,
    latest.diff,
    silent.cost_usd,
    silent.value_usd
from silent
inner join facts.runs as runs on silent.run_id = runs.run_id
left join latest
    on silent.outcome_id = latest.outcome_id
    and silent.is_own = latest.is_own
    and silent.outcome is not distinct from latest.outcome
