-- Refresh 7a: forget which run the touched traces belonged to.
-- grain: one row per trace
delete from rollup.run_traces
where trace_id in (select touched_traces.trace_id from touched_traces)
