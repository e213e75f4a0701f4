-- Analyse signals: take out the rows of these runs.
-- grain: one row per step, signal and piece of evidence
delete from rollup.signals
where run_id in (select analysed_runs.run_id from analysed_runs)
