-- Refresh 15d: take out what the touched runs served.
-- grain: one row per touched run and outcome
delete from rollup.run_outcomes
where run_id in (select touched_runs.run_id from touched_runs)
