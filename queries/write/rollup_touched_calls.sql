-- Refresh 11a: the model calls, tool calls and approvals among the touched steps, with what tells two reports of one call apart.
-- grain: one row per call reported
create or replace temp view touched_calls as
select
    run_id,
    trace_id,
    step_id,
    parent_step_id,
    step_hash,
    agent,
    status,
    kind,
    name,
    resource_key,
    service,
    signal,
    span_kind,
    model,
    response_id,
    call_id,
    requested_calls,
    input_tokens,
    output_tokens,
    started_at,
    coalesce(ended_at, started_at) as ended_at,
    create_sort_key(
        signal = 'logs', 'asc nulls last', input_tokens is null, 'asc nulls last',
        started_at, 'asc nulls last', step_id, 'asc nulls last'
    ) as preference
from touched_steps
where kind in ('model_call', 'tool_call', 'approval')
