-- marts.daily_spend: what each workflow spent on each day, and all together; days without a run are 0 from the first on.
-- grain: one row per workflow and day, and per day over all (is_total), of [from_day, to_day)
-- cost_usd is what is known: calls without a price are in none of it.
create or replace macro marts.daily_spend(from_day, to_day, wanted_workflow, wanted_env, wanted_team) as table
with spent as (
    select
        workflow,
        grouping(workflow) = 1 as is_total,
        started_at::date as day,
        coalesce(sum(cost_usd), 0) as cost_usd,
        count(*) as runs
    from facts.runs
    where started_at >= from_day::timestamp
        and started_at < to_day::timestamp
        and macros.matches(workflow, wanted_workflow)
        and macros.matches(env, wanted_env)
        and macros.matches(team, wanted_team)
    group by grouping sets ((workflow, started_at::date), (started_at::date))
),

calendar as (
    select
        workflow,
        is_total,
        unnest(range(first_day, to_day::timestamp, interval 1 day))::date as day
    from (
        select
            workflow,
            is_total,
            min(day)::timestamp as first_day
        from spent
        group by workflow, is_total
    )
)

select
    calendar.workflow,
    calendar.is_total,
    calendar.day,
    coalesce(spent.cost_usd, 0)::decimal(38, 9) as cost_usd,
    coalesce(spent.runs, 0) as runs
from calendar
left join spent
    on calendar.is_total = spent.is_total
    and calendar.workflow is not distinct from spent.workflow
    and calendar.day = spent.day
