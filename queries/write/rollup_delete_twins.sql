-- Refresh 11i: forget which steps of the touched traces were not counted.
-- grain: one row per step
delete from rollup.twins
where trace_id in (select touched_traces.trace_id from touched_traces)
