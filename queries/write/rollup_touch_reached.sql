-- Refresh 6a: what is tied to a touched trace is touched.
-- grain: one row per trace
insert into touched_traces
select reached.trace_id from reached
anti join touched_traces on reached.trace_id = touched_traces.trace_id
