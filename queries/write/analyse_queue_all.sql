-- Start of analyses 4: every run that the rollup has, in the order of time, waits.
-- grain: one row per run
insert into rollup.changed_runs
select
    run_id,
    batch_id
from rollup.runs
order by batch_id
