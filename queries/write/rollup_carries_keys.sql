-- Refresh 5: whether any new step says what could tie its trace to another.
-- grain: one row
select exists(
    select 1 as found
    from staging.steps
    where
        batch_id > $after_batch_id::bigint and batch_id <= $upto_batch_id::bigint
        and (run_keys is not null or requested_call_ids is not null or call_id is not null)
) as carries_keys
