-- Refresh 8: every step of the touched traces, with the run that it belongs to.
-- grain: one row per step
create or replace temp table touched_steps as
select
    steps.* exclude (run_id, details, attributes, events, links, span_extra, run_keys, requested_call_ids),
    steps.run_id as trace_id,
    coalesce(joined.run_id, steps.run_id) as run_id,
    steps.requested_call_ids::varchar as requested_calls
from staging.steps as steps
semi join touched_batches on steps.batch_id = touched_batches.batch_id
semi join touched_traces on steps.run_id = touched_traces.trace_id
left join rollup.run_traces as joined on steps.run_id = joined.trace_id
