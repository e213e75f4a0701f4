-- Refresh 2: the traces of which a batch after $after_batch_id up to $upto_batch_id brought a step.
-- grain: one row per trace
create or replace temp table touched_traces as
select distinct run_id as trace_id
from staging.steps
where batch_id > $after_batch_id::bigint and batch_id <= $upto_batch_id::bigint
