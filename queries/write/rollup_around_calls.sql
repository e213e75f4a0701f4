-- Refresh 4g: the model calls beside which lone calls may lie: those of the touched traces that are not lone, and those of
-- the runs that went on while a touched lone trace did.
-- grain: one row per model call span of a trace that is not lone
create or replace temp table around_calls as
with windows as (
    select
        min(began_at) as began_at,
        max(ended_at) as ended_at
    from met_traces
    where is_lone
    group by date_trunc('hour', began_at)
),

at_the_time as (
    select distinct
        case when len(totals.trace_ids) = 1 then totals.run_id end as lone_id,
        totals.trace_ids,
        totals.step_batch_ids
    from rollup.step_totals as totals
    inner join windows
        on
            totals.first_step_at <= windows.ended_at
            and greatest(totals.last_step_at, totals.said_ended_at) >= windows.began_at
),

runs as materialized (
    select at_the_time.* from at_the_time
    anti join rollup.lone_calls as lone on at_the_time.lone_id = lone.trace_id
),

batches as materialized (
    select unnest(step_batch_ids) as batch_id from runs
    union
    select batch_id from touched_batches
),

traces as materialized (
    select found.trace_id
    from (
        select unnest(trace_ids) as trace_id from runs
        union
        select trace_id from met_traces
    ) as found
    anti join rollup.lone_calls as lone on found.trace_id = lone.trace_id
)

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
semi join batches on steps.batch_id = batches.batch_id
semi join traces on steps.run_id = traces.trace_id
where steps.kind = 'model_call' and steps.signal = 'traces' and steps.service is not null
