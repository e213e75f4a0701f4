-- Refresh 15g: put them in again: what all their runs cost, the words of the run that finished them, what was checked.
-- grain: one row per outcome (kind and id) that a run serves
insert into rollup.outcomes by name
with parts as (
    select parts.*
    from rollup.run_outcomes as parts
    semi join touched_outcomes on parts.outcome_id = touched_outcomes.outcome_id
),

summed as (
    select
        parts.outcome,
        parts.outcome_id,
        arg_max(parts.run_id, parts.is_finisher) as run_id,
        max(parts.finished_at) as finished_at,
        min(runs.started_at) as first_started_at,
        count(*) as runs,
        sum(parts.allocated_share) as run_share,
        sum(parts.allocated_cost_usd) as cost_usd,
        bool_and(runs.is_priced) as is_priced,
        sum(runs.unpriced_calls + runs.usage_missing_calls + runs.unpriced_costs)::bigint as unknown_costs,
        sum(runs.approval_wait_ms) as approval_wait_ms
    from parts
    inner join rollup.runs as runs on macros.run_key(parts.run_id) = runs.run_key and parts.run_id = runs.run_id
    group by parts.outcome, parts.outcome_id
)

select
    summed.*,
    runs.workflow,
    runs.workflow_version,
    runs.agent,
    runs.agent_version,
    runs.prompt_version,
    runs.env,
    runs.tenant,
    runs.team,
    runs.user,
    runs.session,
    runs.week,
    runs.week_start,
    runs.started_at,
    runs.declared,
    runs.is_escalated,
    checks.verified,
    checks.checked_by,
    checks.method,
    checks.checked_at,
    checks.resolved_at,
    checks.value_usd
from summed
inner join rollup.runs as runs on macros.run_key(summed.run_id) = runs.run_key and summed.run_id = runs.run_id
left join check_results as checks
    on summed.outcome_id = checks.outcome_id and summed.outcome is not distinct from checks.outcome
order by runs.started_at
