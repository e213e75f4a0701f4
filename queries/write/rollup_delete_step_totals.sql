-- Refresh 13a: take out the step totals of the runs whose steps were touched.
-- grain: one row per such run
delete from rollup.step_totals
where
    run_id in (select old_runs.run_id from old_runs)
    or run_id in (select touched_steps.run_id from touched_steps)
