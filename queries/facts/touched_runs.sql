-- facts.touched_runs: the runs about which a batch after `after_batch_id` up to `upto_batch_id` said anything.
-- grain: one row per run
create or replace macro facts.touched_runs(after_batch_id, upto_batch_id) as table
select run_id from staging.steps
where batch_id > after_batch_id and batch_id <= upto_batch_id
union
select run_id from staging.run_ends
where batch_id > after_batch_id and batch_id <= upto_batch_id
union
select run_id from staging.verifications
where batch_id > after_batch_id and batch_id <= upto_batch_id and run_id is not null
union
select run_id from staging.costs
where batch_id > after_batch_id and batch_id <= upto_batch_id and run_id is not null
