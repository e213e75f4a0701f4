-- Refresh 11k: forget what other reports said of the calls of the touched traces.
-- grain: one row per counted call that had twins
delete from rollup.fills
where trace_id in (select touched_traces.trace_id from touched_traces)
