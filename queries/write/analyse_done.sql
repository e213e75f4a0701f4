-- Analyse, next to last: these runs wait no more. What a refresh queued meanwhile is not seen here, and stays.
-- grain: one row per queued run
delete from rollup.changed_runs
where run_id in (select analysed_runs.run_id from analysed_runs)
