-- Refresh 5: put them in again, in the order of time. Their step totals were rolled up by refresh 3, so none is fresh.
-- grain: one row per touched run
insert into rollup.runs by name
select * from facts.runs_since($after_batch_id::bigint, $upto_batch_id::bigint, 9223372036854775807)
order by started_at
