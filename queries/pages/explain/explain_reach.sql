-- How far the same cause may reach: the other runs that share something with a run, four weeks before and after it.
-- grain: one row per thing shared
-- param run_id varchar default null: the run
with here as (
    select *
    from facts.runs
    where run_key = macros.run_key($run_id::varchar) and run_id = $run_id::varchar
),

near as (
    select
        runs.*,
        here.session as here_session,
        here.user as here_user,
        here.workflow as here_workflow,
        here.prompt_version as here_prompt_version,
        here.agent_version as here_agent_version
    from here
    inner join facts.runs as runs
        on here.run_id <> runs.run_id
        and here.started_at <= runs.started_at + interval 28 day
        and here.started_at >= runs.started_at - interval 28 day
),

shared as (
    select
        1 as place,
        'session' as shared,
        here_session as value,
        *
    from near
    where session = here_session
    union all
    select
        2 as place,
        'user' as shared,
        here_user as value,
        *
    from near
    where user = here_user
    union all
    select
        3 as place,
        'workflow and prompt version' as shared,
        here_prompt_version as value,
        *
    from near
    where workflow = here_workflow and prompt_version = here_prompt_version
    union all
    select
        4 as place,
        'workflow and agent version' as shared,
        here_agent_version as value,
        *
    from near
    where workflow = here_workflow and agent_version = here_agent_version
)

select
    shared,
    value,
    count(*) as runs,
    count(*) filter (where is_checked) as checked,
    count(*) filter (where is_checked and verified <> 'success') as checked_failures,
    min(started_at) as first_started_at,
    max(started_at) as last_started_at,
    (array_agg(run_id order by started_at, run_id))[1:5] as example_run_ids
from shared
group by place, shared, value
order by place
