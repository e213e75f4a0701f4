-- Refresh 4 and 8: the batches that brought the steps of the touched traces, so that only these are read.
-- grain: one row per batch
create or replace temp table touched_batches as
select batch_id
from staging.steps
where batch_id > $after_batch_id::bigint and batch_id <= $upto_batch_id::bigint
union
select unnest(totals.step_batch_ids) as batch_id
from rollup.step_totals as totals
semi join old_runs on totals.run_id = old_runs.run_id
