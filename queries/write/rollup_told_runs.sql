-- Isolate 1: the runs and traces of which a batch after $after_batch_id up to $upto_batch_id says anything.
-- grain: one row per run or trace that is not set aside
select told.run_id
from (
    select run_id from staging.steps
    where batch_id > $after_batch_id::bigint and batch_id <= $upto_batch_id::bigint
    union
    select run_id from facts.run_ends
    where batch_id > $after_batch_id::bigint and batch_id <= $upto_batch_id::bigint
    union
    select run_id from facts.verifications
    where batch_id > $after_batch_id::bigint and batch_id <= $upto_batch_id::bigint and run_id is not null
    union
    select run_id from facts.cost_events
    where batch_id > $after_batch_id::bigint and batch_id <= $upto_batch_id::bigint and run_id is not null
) as told
anti join rollup.set_aside as aside on told.run_id = aside.run_id
order by told.run_id
