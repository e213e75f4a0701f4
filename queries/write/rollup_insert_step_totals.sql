-- Refresh 3: put them in again, worked out from all steps of these runs.
-- grain: one row per such run
insert into rollup.step_totals by name
select * from facts.step_totals($after_batch_id::bigint, $upto_batch_id::bigint)
order by first_step_at
