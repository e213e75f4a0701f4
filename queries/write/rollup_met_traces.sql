-- Refresh 4a: which of the touched traces are lone: they hold model calls, and nothing else but plumbing.
-- grain: one row per touched trace
create or replace temp table met_traces as
select
    steps.run_id as trace_id,
    bool_and(steps.kind in ('model_call', 'plumbing') and steps.signal <> 'events')
    and bool_or(steps.kind = 'model_call') as is_lone,
    min(steps.started_at) - interval 50 milliseconds as began_at,
    max(coalesce(steps.ended_at, steps.started_at)) + interval 50 milliseconds as ended_at
from staging.steps as steps
semi join touched_batches on steps.batch_id = touched_batches.batch_id
semi join touched_traces on steps.run_id = touched_traces.trace_id
group by steps.run_id
