-- Refresh 15a: take out the touched runs.
-- grain: one row per touched run
delete from rollup.runs
where run_id in (select touched_runs.run_id from touched_runs)
