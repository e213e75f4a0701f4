-- facts.run_neighbours: the runs just before and after one in its workflow, by start, among those rolled up: a run of the
-- last seconds is not yet among them. They lead from run to run; no figure rests on them.
-- grain: one row
create or replace macro facts.run_neighbours(wanted_run_id) as table
with here as materialized (
    select
        workflow,
        started_at
    from rollup.runs
    where run_key = macros.run_key(wanted_run_id) and run_id = wanted_run_id
),

before as (
    select others.run_id
    from rollup.runs as others
    cross join here
    where others.workflow = here.workflow and others.started_at < here.started_at
    order by others.started_at desc, others.run_id desc
    limit 1
),

after as (
    select others.run_id
    from rollup.runs as others
    cross join here
    where others.workflow = here.workflow and others.started_at > here.started_at
    order by others.started_at asc, others.run_id asc
    limit 1
)

select
    (select run_id from before) as prev_run_id,
    (select run_id from after) as next_run_id
