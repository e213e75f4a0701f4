-- Analyse run_routes: take out the rows of these runs.
-- grain: one row per run
delete from rollup.run_routes
where run_id in (select analysed_runs.run_id from analysed_runs)
