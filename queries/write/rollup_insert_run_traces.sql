-- Refresh 7b: the run that each belongs to now, where it is not its own.
-- grain: one row per trace
insert into rollup.run_traces by name
select
    trace_id,
    run_id
from reached
where trace_id <> run_id
