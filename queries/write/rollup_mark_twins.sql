-- Refresh 12a: say on the steps which of them another one counts.
-- grain: one row per step that is not counted
update touched_steps
set is_twin = true
from rollup.twins as twins
where
    touched_steps.trace_id = twins.trace_id and touched_steps.run_id = twins.run_id
    and touched_steps.step_id = twins.step_id
