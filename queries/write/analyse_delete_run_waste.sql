-- Analyse run_waste: take out the rows of these runs.
-- grain: one row per run and kind
delete from rollup.run_waste
where run_id in (select analysed_runs.run_id from analysed_runs)
