-- Refresh 3: put these runs in again, worked out from all that is known of them, in the order of time.
-- grain: one row per touched run
insert into rollup.runs by name
select * from facts.runs_since($after_batch_id::bigint, $upto_batch_id::bigint)
order by started_at
