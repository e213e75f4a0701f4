-- Refresh 5: whether any new step says what could tie its trace to another, or belongs to one that is tied by a tool call.
-- grain: one row
select exists (
    select 1 as found
    from staging.steps
    where
        batch_id > $after_batch_id::bigint and batch_id <= $upto_batch_id::bigint
        and (run_keys is not null or requested_call_ids is not null or call_id is not null)
) or exists (
    select 1 as found
    from rollup.run_keys as keys
    semi join touched_traces on keys.trace_id = touched_traces.trace_id
) or exists (
    select 1 as found
    from rollup.lone_pairs as pairs
    semi join touched_traces on pairs.trace_id = touched_traces.trace_id
) as carries_keys
