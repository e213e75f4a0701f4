-- Analyse, where a value makes it fail: which runs the portion took.
-- grain: one row per run
select run_id from analysed_runs
order by run_id
