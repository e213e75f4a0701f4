-- Refresh 3 and 7: the runs that the touched traces were part of so far.
-- grain: one row per run id
create or replace temp table old_runs as
select touched_traces.trace_id as run_id
from touched_traces
union
select joined.run_id
from rollup.run_traces as joined
semi join touched_traces on joined.trace_id = touched_traces.trace_id
union
select splits.run_id
from rollup.run_splits as splits
semi join touched_traces on splits.trace_id = touched_traces.trace_id
