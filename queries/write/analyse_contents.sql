-- Analyse 4: what went into these steps and came out of them.
-- grain: one row per step that carried any content
-- A view: only the analyses that need it read it.
create or replace temp view analysed_contents as
select
    steps.run_id,
    steps.trace_id,
    steps.step_id,
    contents.input,
    contents.output,
    contents.attributes
from staging.step_contents as contents
semi join analysed_batches on contents.batch_id = analysed_batches.batch_id
inner join analysed_steps as steps
    on contents.batch_id = steps.batch_id and contents.run_id = steps.trace_id and contents.step_id = steps.step_id
