-- Analyse value_flows: take out the rows of these runs.
-- grain: one row per suspect call, argument and value
delete from rollup.value_flows
where run_id in (select analysed_runs.run_id from analysed_runs)
