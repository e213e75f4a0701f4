-- Refresh 5c: forget what the touched lone traces told of: it is worked out again.
-- grain: one row per key and trace
delete from rollup.run_keys
where
    starts_with(shared_key, 'lone:')
    and substr(shared_key, 6) in (select touched_traces.trace_id from touched_traces)
