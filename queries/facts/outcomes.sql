-- What the business wanted: tickets closed, refunds paid, changes merged; each with the runs that served it and their cost.
-- grain: one row per outcome (kind and id) that a run serves; each run serves at least one
-- A run that names no outcome is its own: is_own, outcome_id = run_id. Several runs that serve one outcome finish it once:
-- it belongs to the week and has the words, the end and the start (started_at) of the last of them, and costs what all did.
-- run_share: what of its runs is this outcome's, so that it adds up to the number of runs. value_usd: what a check said
-- it is worth, else what the settings say of its workflow. maturity_days: how long after its end checks are awaited.
-- time_to_resolution_ms: from the first run's start to the check that found it done. time_to_approval_ms: time in which its runs
-- waited for a person's yes or no. Flags are as those of runs; a reversed outcome is no completion any more.
select
    outcomes.* exclude (resolved_at, approval_wait_ms, outcome, value_usd),
    coalesce(outcomes.outcome, workflows.outcome) as outcome,
    coalesce(outcomes.value_usd, workflows.value_usd) as value_usd,
    workflows.maturity_days,
    coalesce(outcomes.verified = 'reversed', false) as is_reversed,
    outcomes.declared is not null or outcomes.verified is not null or outcomes.is_escalated as is_closed,
    outcomes.verified is not null as is_checked,
    outcomes.verified is null and not outcomes.is_escalated and coalesce(outcomes.declared = 'success', false)
        as is_declared_completion,
    coalesce(outcomes.verified = 'success', false) as is_verified_completion,
    coalesce(outcomes.declared = 'success' and outcomes.verified = 'failure', false) as is_silent_failure,
    case
        when outcomes.verified = 'success' and outcomes.resolved_at >= outcomes.first_started_at
            then date_diff('microsecond', outcomes.first_started_at, outcomes.resolved_at) * 0.001::double
    end as time_to_resolution_ms,
    outcomes.approval_wait_ms as time_to_approval_ms
from (
    select
        false as is_own,
        *
    from rollup.outcomes
    union all by name
    select
        true as is_own,
        outcome,
        run_id as outcome_id,
        run_id,
        workflow,
        workflow_version,
        agent,
        agent_version,
        prompt_version,
        env,
        tenant,
        team,
        user,
        session,
        week,
        week_start,
        started_at,
        started_at as first_started_at,
        greatest(last_step_at, ended_at) as finished_at,
        1 as runs,
        1 as run_share,
        declared,
        verified,
        checked_by,
        method,
        checked_at,
        resolved_at,
        value_usd,
        cost_usd,
        is_priced,
        unpriced_calls + usage_missing_calls + unpriced_costs as unknown_costs,
        is_escalated,
        approval_wait_ms
    from rollup.runs
    where not serves_named
) as outcomes
left join rollup.workflows as workflows on outcomes.workflow = workflows.workflow
