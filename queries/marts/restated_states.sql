-- marts.restated_states: the runs of closed weeks twice: as they stood when the week was closed, and as they are now; with
-- each one's part of the figures.
-- grain: one row per run and state (is_now); null: of every closed week
-- parts: what the run adds to each figure.
-- has_arrived: something of the run came after the closing; is_repriced: newer prices hold for a day of it.
create or replace macro marts.restated_states(wanted_week_start) as table
with closings as (
    select
        closings.week_start,
        closings.batch_id,
        min(versions.since_day) as repriced_since
    from facts.week_closings as closings
    left join facts.price_versions as versions on versions.price_version > coalesce(closings.price_version, '')
    where closings.is_newest
        and (wanted_week_start::date is null or closings.week_start = wanted_week_start::date)
    group by closings.week_start, closings.batch_id
),

states as (
    select
        false as is_now,
        false as has_arrived,
        false as is_repriced,
        runs.*
    from facts.closed_runs as runs
    semi join closings on runs.week_start = closings.week_start
    union all by name
    select
        true as is_now,
        coalesce(runs.batch_id > closings.batch_id, false) as has_arrived,
        coalesce(closings.repriced_since <= runs.last_step_at::date, false) as is_repriced,
        runs.week_start,
        runs.run_id,
        runs.workflow,
        runs.env,
        runs.team,
        runs.status_shown,
        runs.declared,
        runs.verified,
        runs.is_closed,
        runs.is_checked,
        runs.is_declared_completion,
        runs.is_verified_completion,
        runs.is_silent_failure,
        runs.is_escalated,
        runs.is_priced,
        runs.tool_calls,
        runs.model_calls,
        runs.input_tokens,
        runs.output_tokens,
        runs.cache_read_tokens,
        runs.cache_write_tokens,
        runs.reasoning_tokens,
        runs.unpriced_calls,
        runs.usage_missing_calls,
        runs.unpriced_costs,
        runs.cost_usd,
        runs.model_cost_usd,
        runs.tool_cost_usd,
        runs.people_cost_usd,
        runs.infrastructure_cost_usd
    from facts.runs as runs
    inner join closings on runs.week_start = closings.week_start
)

select
    is_now,
    has_arrived,
    is_repriced,
    week_start,
    run_id,
    workflow,
    env,
    team,
    status_shown,
    declared,
    verified,
    is_priced,
    tool_calls,
    is_declared_completion or is_verified_completion as is_completion,
    coalesce(tool_cost_usd, 0) as tool_usd,
    coalesce(people_cost_usd, 0) + coalesce(infrastructure_cost_usd, 0) as said_usd,
    [
        model_calls, coalesce(input_tokens, -1), coalesce(output_tokens, -1), coalesce(cache_read_tokens, -1),
        coalesce(cache_write_tokens, -1), coalesce(reasoning_tokens, -1)
    ] as usage,
    -- In the order of marts.restated_runs.
    [
        1::decimal(38, 9), is_closed::integer, is_checked::integer, is_verified_completion::integer,
        is_declared_completion::integer, is_silent_failure::integer, is_escalated::integer, tool_calls,
        is_priced::integer, unpriced_calls, usage_missing_calls, unpriced_costs,
        coalesce(model_cost_usd, 0),
        coalesce(cost_usd, 0) - coalesce(model_cost_usd, 0),
        case when is_priced then coalesce(model_cost_usd, 0) else 0 end,
        case when is_priced then cost_usd - coalesce(model_cost_usd, 0) else 0 end,
        (is_priced and (is_declared_completion or is_verified_completion))::integer
    ] as parts
from states
