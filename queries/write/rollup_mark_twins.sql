-- Refresh 12a: say on the steps which of them another one counts.
-- grain: one row per step that is not counted
update touched_steps
set is_twin = true
from (
    select twins.* from rollup.twins as twins
    semi join touched_traces on twins.trace_id = touched_traces.trace_id
) as twins
where
    touched_steps.trace_id = twins.trace_id and touched_steps.run_id = twins.run_id
    and touched_steps.step_id = twins.step_id
