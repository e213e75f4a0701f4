-- Analyse suspicions: take out the rows of these runs.
-- grain: one row per run, suspicion and step
delete from rollup.suspicions
where run_id in (select analysed_runs.run_id from analysed_runs)
