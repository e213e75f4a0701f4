-- Analyse 1a: how many runs this portion takes.
-- grain: one row
select count(*) as runs from analysed_runs
