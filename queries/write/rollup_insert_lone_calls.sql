-- Refresh 4c: put in those of the traces that are lone now.
-- grain: one row per model call span
-- A model server's own span is no call of the client, a log record none of its own.
insert into rollup.lone_calls by name
select
    steps.run_id as trace_id,
    steps.step_id,
    steps.resource_key,
    steps.service,
    steps.model,
    steps.status = 'error' as is_error,
    steps.response_id,
    case when steps.requested_call_ids is not null then steps.requested_call_ids::varchar end as requested_calls,
    steps.input_tokens,
    steps.output_tokens,
    steps.started_at,
    coalesce(steps.ended_at, steps.started_at) as ended_at
from staging.steps as steps
semi join touched_batches on steps.batch_id = touched_batches.batch_id
semi join (
    select trace_id from met_traces
    where is_lone
) as lone on steps.run_id = lone.trace_id
where
    steps.kind = 'model_call' and steps.signal = 'traces' and steps.span_kind is distinct from 'server'
order by steps.started_at
