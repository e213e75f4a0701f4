-- Analyse localized_runs: take out the rows of these runs.
-- grain: one row per run
delete from rollup.localized_runs
where run_id in (select analysed_runs.run_id from analysed_runs)
