-- Analyse run_models: take out the rows of these runs.
-- grain: one row per run and model
delete from rollup.run_models
where run_id in (select analysed_runs.run_id from analysed_runs)
