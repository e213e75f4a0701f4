-- Refresh 10a: what is set aside is not touched, whatever was said of it.
-- grain: one row per run
delete from touched_runs
where run_id in (select aside.run_id from rollup.set_aside as aside)
