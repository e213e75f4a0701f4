-- Start of analyses 3: what waits is queued anew.
-- grain: one row per queued run
delete from rollup.changed_runs
