-- facts.steps_of: the steps of one run. Reads only the batches that brought them: the rollup knows the older ones.
-- grain: one row per step of the run
create or replace macro facts.steps_of(wanted_run_id) as table
select steps.* from facts.steps as steps
semi join (
    select unnest(step_batch_ids) as batch_id
    from rollup.step_totals
    where run_key = macros.run_key(wanted_run_id) and run_id = wanted_run_id
    union
    select batch_id
    from staging.steps
    where run_id = wanted_run_id and batch_id > (select coalesce(max(batch_id), -1) from rollup.watermarks)
) as batches on steps.batch_id = batches.batch_id
where steps.run_id = wanted_run_id
