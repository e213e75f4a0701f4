-- Refresh 9a: forget how the touched traces were split.
-- grain: one row per step
delete from rollup.run_splits
where trace_id in (select touched_traces.trace_id from touched_traces)
