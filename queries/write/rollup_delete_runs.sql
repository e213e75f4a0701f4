-- Refresh 4: take out the runs that batches after $after_batch_id up to $upto_batch_id touched.
-- grain: one row per touched run
delete from rollup.runs
where run_id in (select run_id from facts.touched_runs($after_batch_id::bigint, $upto_batch_id::bigint))
