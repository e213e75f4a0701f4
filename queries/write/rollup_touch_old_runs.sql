-- Refresh 3a: a run that may lose a trace is worked out again from all of its traces.
-- grain: one row per trace
insert into touched_traces
select all_of.trace_id
from (
    select run_id as trace_id from old_runs
    union
    select joined.trace_id
    from rollup.run_traces as joined
    semi join old_runs on joined.run_id = old_runs.run_id
) as all_of
anti join touched_traces on all_of.trace_id = touched_traces.trace_id
