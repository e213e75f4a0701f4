-- Tool calls, each counted once: which tool, with what side effect, how it ended, what it cost.
-- grain: one row per tool call
select
    run_id,
    step_id,
    parent_step_id,
    agent,
    name as tool,
    call_id,
    effect,
    status,
    error_type,
    error_message,
    attempt,
    reported_cost_usd as cost_usd,
    case when reported_cost_usd is not null then 'reported' end as cost_status,
    time_basis,
    started_at,
    ended_at,
    duration_ms,
    said_order
from facts.steps
where kind = 'tool_call' and counted_as is null
