-- facts.steps_of: the steps of one run. Reads only the batches that brought them.
-- grain: one row per step of the run
create or replace macro facts.steps_of(wanted_run_id) as table
with wanted as materialized (
    select
        step_batch_ids,
        trace_ids
    from rollup.step_totals
    where run_key = macros.run_key(wanted_run_id) and run_id = wanted_run_id
)

select steps.* from facts.steps as steps
semi join (select unnest(step_batch_ids) as batch_id from wanted) as batches on steps.batch_id = batches.batch_id
semi join (
    select unnest(trace_ids) as trace_id from wanted
    union all
    select wanted_run_id as trace_id
) as traces on steps.trace_id = traces.trace_id
where steps.run_id = wanted_run_id
