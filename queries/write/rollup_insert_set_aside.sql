-- Isolate 2: leave runs out of this and later refreshes. $run_ids and $reasons belong together, one by one.
-- grain: one row per run or trace
insert into rollup.set_aside by name
select
    unnest($run_ids::varchar[]) as run_id,
    unnest($reasons::varchar[]) as reason,
    $upto_batch_id::bigint as batch_id,
    now() at time zone 'UTC' as set_aside_at
