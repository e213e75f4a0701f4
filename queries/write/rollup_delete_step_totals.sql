-- Refresh 2: take out the step totals of the runs of which a batch after $after_batch_id up to $upto_batch_id brought a step.
-- grain: one row per such run
delete from rollup.step_totals
where run_id in (
    select run_id from staging.steps
    where batch_id > $after_batch_id::bigint and batch_id <= $upto_batch_id::bigint
)
