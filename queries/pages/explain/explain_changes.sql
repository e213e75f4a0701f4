-- What changed in a run's workflow in the four weeks before it started: versions and models first seen, and new prices.
-- grain: one row per value that was new, in the order of time
-- param run_id varchar default null: the run
-- is_of_this_run: the run itself used it. What was there from the workflow's first run on is no change.
with here as (
    select *
    from facts.runs
    where run_key = macros.run_key($run_id::varchar) and run_id = $run_id::varchar
),

earlier as (
    select runs.*
    from here
    inner join facts.runs as runs on here.workflow = runs.workflow and here.started_at >= runs.started_at
),

said as (
    select
'workflow version' as what,
workflow_version as value,
started_at,
run_id
from earlier
    union all
    select
'agent version' as what,
agent_version as value,
started_at,
run_id
from earlier
    union all
    select
'prompt version' as what,
prompt_version as value,
started_at,
run_id
from earlier
    union all
    select
'model' as what,
unnest(models) as value,
started_at,
run_id
from earlier
),

seen as (
    select
        what,
        value,
        min(started_at) as first_seen_at,
        bool_or(run_id = $run_id::varchar) as is_of_this_run
    from said
    where value is not null
    group by what, value
)

select
    seen.what,
    seen.value,
    seen.first_seen_at,
    seen.is_of_this_run
from seen
cross join here
where seen.first_seen_at > here.started_at - interval 28 day
    and seen.first_seen_at > (select min(started_at) from earlier)
union all
select
    'prices' as what,
    versions.what as value,
    versions.since_day::timestamp as first_seen_at,
    true as is_of_this_run
from facts.price_versions as versions
cross join here
where versions.since_day > here.started_at::date - 28 and versions.since_day <= here.started_at::date
order by first_seen_at, what, value
