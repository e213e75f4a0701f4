-- facts.passing_runs_like: runs that went well and changed the same things as one run, the most alike first.
-- grain: one row per passing run of the same workflow, environment and major version, among the 300 nearest in time
-- Passing: verified success; where nothing was checked, declared success. Alike by what they changed: the tools that write,
-- each as often as it went through (create_refund once, send_reply twice), as a set; the Jaccard index of both sets. Where
-- nobody said a tool's effect it is no write. Of equally alike runs verified ones come first, then the nearest in time.
create or replace macro facts.passing_runs_like(wanted_run_id) as table
with here as (
    select
        run_id,
        workflow,
        env,
        started_at,
        split_part(coalesce(workflow_version, agent_version), '.', 1) as major_version
    from facts.runs
    where run_key = macros.run_key(wanted_run_id) and run_id = wanted_run_id
),

near as (
    select
        runs.run_id,
        runs.started_at,
        runs.is_verified_completion as is_verified,
        runs.agent_version,
        runs.prompt_version,
        runs.cost_usd,
        abs(date_diff('second', here.started_at, runs.started_at)) as seconds_apart
    from here
    inner join facts.runs as runs
        on here.workflow = runs.workflow
        and here.env is not distinct from runs.env
        and here.major_version is not distinct from split_part(
            coalesce(runs.workflow_version, runs.agent_version), '.', 1
        )
        and here.run_id <> runs.run_id
    where runs.is_verified_completion or runs.is_declared_completion
    order by runs.is_verified_completion desc, seconds_apart asc, runs.run_id asc
    limit 300
),

writes as (
    select
        run_id,
        tool,
        row_number() over (partition by run_id, tool order by said_order) as times
    from facts.tool_calls
    where effect in ('write', 'destructive') and status <> 'error'
        and run_id in (
            select near.run_id
            from near
            union all
            select here.run_id
            from here
        )
),

own as (
    select
        tool,
        times
    from writes
    where run_id = wanted_run_id
),

counted as (
    select
        near.run_id,
        count(writes.tool) as writes,
        count(own.tool) as shared_writes
    from near
    left join writes on near.run_id = writes.run_id
    left join own on writes.tool = own.tool and writes.times = own.times
    group by near.run_id
)

select
    near.*,
    counted.writes,
    counted.shared_writes,
    asked.own_writes,
    case
        when counted.writes + asked.own_writes = 0 then 1.0::double
        else counted.shared_writes / (counted.writes + asked.own_writes - counted.shared_writes)
    end as likeness_share
from near
inner join counted on near.run_id = counted.run_id
cross join (select count(*) as own_writes from own) as asked
