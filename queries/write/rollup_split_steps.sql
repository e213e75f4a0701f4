-- Refresh 9c: say so on the steps.
-- grain: one row per step of a split run
update touched_steps
set run_id = splits.run_id
from rollup.run_splits as splits
where touched_steps.trace_id = splits.trace_id and touched_steps.step_id = splits.step_id
