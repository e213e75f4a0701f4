-- Refresh 2: the traces of which a batch after $after_batch_id up to $upto_batch_id brought a step, but for those set aside.
-- grain: one row per trace
create or replace temp table touched_traces as
select distinct steps.run_id as trace_id
from staging.steps as steps
anti join rollup.set_aside as aside on steps.run_id = aside.run_id
where steps.batch_id > $after_batch_id::bigint and steps.batch_id <= $upto_batch_id::bigint
