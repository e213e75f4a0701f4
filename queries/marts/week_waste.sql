-- marts.week_waste: what the runs of a week and of the one before spent in loops, repeated calls and retries.
-- grain: one row per week and workflow
-- The kinds of waste that a week's runs do themselves (see facts.run_waste), each dollar once (net_usd). Squares carry the
-- interval of the mean per run.
create or replace macro marts.week_waste(last_week_start, wanted_workflow, wanted_env, wanted_team) as table
with wasted as (
    select
        run_id,
        sum(net_usd) as net_usd
    from facts.run_waste
    where kind in ('loop', 'repeat', 'retry')
    group by run_id
)

select
    runs.week_start,
    runs.workflow,
    count(*) as runs,
    count(wasted.run_id) as wasteful_runs,
    coalesce(sum(wasted.net_usd), 0) as waste_usd,
    coalesce(sum(wasted.net_usd::double * wasted.net_usd::double), 0) as waste_squares
from facts.runs as runs
left join wasted on runs.run_id = wasted.run_id
where runs.week_start in (last_week_start::date, last_week_start::date - 7)
    and macros.matches(runs.workflow, wanted_workflow)
    and macros.matches(runs.env, wanted_env)
    and macros.matches(runs.team, wanted_team)
group by runs.week_start, runs.workflow
