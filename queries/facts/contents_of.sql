-- facts.contents_of: inputs and outputs of the steps of one run.
-- grain: one row per step that carried any content, in the batches that brought the steps of the run
-- Reads only these batches; join on batch, trace and step.
create or replace macro facts.contents_of(wanted_run_id) as table
select contents.*
from staging.step_contents as contents
semi join (
    select unnest(step_batch_ids) as batch_id
    from rollup.step_totals
    where run_key = macros.run_key(wanted_run_id) and run_id = wanted_run_id
) as batches on contents.batch_id = batches.batch_id
