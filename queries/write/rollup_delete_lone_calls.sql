-- Refresh 4b: forget the calls of the touched traces that were lone.
-- grain: one row per call
delete from rollup.lone_calls
where trace_id in (select met_traces.trace_id from met_traces)
