-- Analyse run_reads: take out the rows of these runs.
-- grain: one row per read
delete from rollup.run_reads
where run_id in (select analysed_runs.run_id from analysed_runs)
