-- Tool calls, each counted once: which tool, with what side effect, how it ended, what it cost.
-- grain: one row per tool call
-- cost_usd: by the user's own price of this tool on that day (priced), else what its sender reported (reported).
select
    steps.run_id,
    steps.step_id,
    steps.parent_step_id,
    steps.agent,
    steps.name as tool,
    steps.call_id,
    steps.effect,
    macros.status_of_reports(steps.status, fills.is_error) as status,
    steps.error_type,
    steps.error_message,
    steps.attempt,
    coalesce(rates.usd, steps.reported_cost_usd) as cost_usd,
    case
        when rates.usd is not null then 'priced'
        when steps.reported_cost_usd is not null then 'reported'
    end as cost_status,
    steps.reported_cost_usd,
    steps.time_basis,
    steps.started_at,
    steps.ended_at,
    steps.duration_ms,
    steps.said_order
from facts.steps as steps
left join rollup.fills as fills
    on steps.trace_id = fills.trace_id and steps.run_id = fills.run_id and steps.step_id = fills.step_id
left join facts.rates_in_force as rates
    on steps.name = rates.name
    and steps.started_at::date >= rates.valid_from and steps.started_at::date < rates.valid_until
    and rates.kind = 'tool'
where steps.kind = 'tool_call' and steps.counted_as is null
