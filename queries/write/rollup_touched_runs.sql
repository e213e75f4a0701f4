-- Refresh 10: the runs about which a batch after $after_batch_id up to $upto_batch_id said anything, and those that lost a
-- trace or a step to another.
-- grain: one row per run
create or replace temp table touched_runs as
select run_id from touched_steps
union
select run_id from old_runs
union
select run_id from facts.run_ends
where batch_id > $after_batch_id::bigint and batch_id <= $upto_batch_id::bigint
union
select run_id from facts.verifications
where batch_id > $after_batch_id::bigint and batch_id <= $upto_batch_id::bigint and run_id is not null
union
select run_id from facts.cost_events
where batch_id > $after_batch_id::bigint and batch_id <= $upto_batch_id::bigint and run_id is not null
