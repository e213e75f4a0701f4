-- Let the rollup work out again what batches brought that say something of $since_day or later: its money changed.
-- grain: the row of rollup.watermarks
update rollup.watermarks
set refreshed_at = now() at time zone 'UTC', batch_id = (
    select coalesce(min(changed.batch_id) - 1, watermarks.batch_id)
    from (
        select batch_id
        from ledger.steps
        where started_at >= $since_day
        union all
        select batch_id
        from ledger.costs
        where occurred_at >= $since_day
    ) as changed
    where changed.batch_id <= watermarks.batch_id
)
