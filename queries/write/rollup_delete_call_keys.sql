-- Refresh 5a: forget which tool calls the touched traces left open or began with: it is worked out again.
-- grain: one row per key and trace
delete from rollup.run_keys
where
    starts_with(shared_key, 'call:')
    and trace_id in (select touched_traces.trace_id from touched_traces)
