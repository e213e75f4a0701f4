-- Refresh 4f: forget what the touched traces agreed with.
-- grain: one row per pair of calls
delete from rollup.lone_pairs
where
    trace_id in (select met_traces.trace_id from met_traces)
    or around_trace_id in (select met_traces.trace_id from met_traces)
