-- Refresh 15b: put them in again, in the order of time, as facts.runs shows them.
-- grain: one row per run that has a step or a final event
-- Money: what model calls and tools cost (computed, else reported), and cost events on top; other_cost_usd is all but model
-- calls, and holds tool, people and infrastructure, which stand beside it. Null is unknown, never 0. What the final event said
-- of the whole run stands in where no step reported any, or where a model call lacks its cost and the final total is not
-- below what the others reported; calls are then not unpriced: the total holds them.
-- is_priced speaks of model calls only. People's minutes without an amount are counted in unpriced_costs and are in no
-- total, so cost_status does not call such a run 'reported'.
-- Escalated: declared so; or an escalation step, where nobody but a span's status says how the run ended.
-- Closed: how it ended is known: declared, checked, or handed over. Completion: verified success; where nothing was
-- checked, declared success. Silent failure: declared success, verified failure ('reversed' counts as plain failure).
-- Time: what senders said; ingest time stands in only for a start that nobody said, never for a duration.
insert into rollup.runs by name
with priced as (
    select
        *,
        macros.is_priced_as_whole(
            run_end_cost_usd,
            macros.plus(model_cost_usd, other_step_cost_usd),
            coalesce(unpriced_calls, 0) + coalesce(usage_missing_calls, 0)
        ) as is_priced_as_whole,
        coalesce(said_started_at, first_step_at) as started_at,
        coalesce(said_ended_at, case when declared_time_basis = 'event' then declared_at end) as ended_at
    from run_evidence
),

counted as (
    select
        * exclude (unpriced_calls, usage_missing_calls),
        case when is_priced_as_whole then 0 else coalesce(unpriced_calls, 0) end as unpriced_calls,
        case when is_priced_as_whole then 0 else coalesce(usage_missing_calls, 0) end as usage_missing_calls,
        case
            when is_priced_as_whole then run_end_cost_usd::decimal(38, 9)
            else macros.plus(model_cost_usd, other_step_cost_usd)
        end as steps_cost_usd
    from priced
),

totalled as (
    select
        *,
        macros.plus(steps_cost_usd, extra_cost_usd) as cost_usd,
        unpriced_calls + usage_missing_calls as unknown_calls,
        coalesce(declared = 'escalated', false)
        or (coalesce(escalations, 0) > 0 and coalesce(declared_by = 'root_status', true)) as is_escalated
    from counted
)

select
    run_id,
    macros.run_key(run_id) as run_key,
    -- Null stands for the run's own trace alone, which is nearly always so.
    case when trace_ids = [run_id] then null else coalesce(trace_ids, []) end as trace_ids,
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
    dialect,
    macros.iso_week(started_at) as week,
    macros.week_start(started_at) as week_start,
    started_at,
    ended_at,
    first_step_at,
    last_step_at,
    coalesce(total_latency_ms, case
        when said_started_at is not null and ended_at >= started_at
            then date_diff('microsecond', started_at, ended_at) * 0.001::double
    end) as duration_ms,
    declared,
    declared_by,
    claim,
    verified,
    checked_by,
    method,
    checked_at,
    resolved_at,
    value_usd,
    outcome,
    outcome_id,
    serves_named,
    coalesce(steps, 0) as steps,
    coalesce(model_calls, 0) as model_calls,
    coalesce(failed_model_calls, 0) as failed_model_calls,
    coalesce(tool_calls, 0) as tool_calls,
    coalesce(failed_tool_calls, 0) as failed_tool_calls,
    coalesce(errors, 0) as errors,
    coalesce(approvals, 0) as approvals,
    approval_wait_ms,
    coalesce(validators, 0) as validators,
    coalesce(ceilings, 0) as ceilings,
    coalesce(escalations, 0) as escalations,
    coalesce(orphan_steps, 0) as orphan_steps,
    input_tokens,
    output_tokens,
    cache_read_tokens,
    cache_write_tokens,
    reasoning_tokens,
    model_cost_usd,
    macros.plus(other_step_cost_usd, extra_cost_usd) as other_cost_usd,
    macros.plus(tool_step_cost_usd, tool_event_cost_usd) as tool_cost_usd,
    people_cost_usd,
    infrastructure_cost_usd,
    cost_usd,
    case
        when cost_usd is not null and unknown_calls + unpriced_costs = 0 and priced_calls > reported_calls
            then 'priced'
        when cost_usd is not null and unknown_calls + unpriced_costs = 0 then 'reported'
        when cost_usd is not null then 'partly_priced'
        when unknown_calls + unpriced_costs > 0 then 'unpriced'
        else 'none'
    end as cost_status,
    unpriced_calls,
    usage_missing_calls,
    unpriced_costs,
    cost_usd is not null and unknown_calls = 0 as is_priced,
    coalesce(models, []) as models,
    fingerprint,
    error_message,
    coalesce(has_root, false) as has_root,
    declared is not null or verified is not null or is_escalated as is_closed,
    verified is not null as is_checked,
    coalesce(declared = 'success' and verified = 'failure', false) as is_silent_failure,
    verified is null and not is_escalated and coalesce(declared = 'success', false) as is_declared_completion,
    coalesce(verified = 'success', false) as is_verified_completion,
    is_escalated,
    case
        when declared = 'success' and verified = 'failure' then 'silent_failure'
        when verified = 'success' then 'verified_success'
        when verified is not null then 'failure'
        when is_escalated then 'escalated'
        when declared = 'success' then 'declared_success'
        else coalesce(declared, 'open')
    end as status_shown,
    coalesce(step_batch_ids, []) as step_batch_ids,
    batch_id
from totalled
order by started_at
