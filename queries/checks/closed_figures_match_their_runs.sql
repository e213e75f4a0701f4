-- A closed week adds up: its figures are the counts and sums of the runs that it was closed with.
-- grain: one row per closed ISO week (UTC), workflow, environment and team whose figures are not those of its runs
with summed as (
    select
        week_start,
        workflow,
        env,
        team,
        count(*) as runs,
        count(*) filter (where is_closed) as closed,
        count(*) filter (where is_checked) as checked,
        count(*) filter (where is_priced) as priced,
        count(*) filter (where is_verified_completion) as completions_verified,
        count(*) filter (where is_declared_completion) as completions_declared,
        count(*) filter (where is_escalated) as escalated,
        count(*) filter (where is_silent_failure) as silent_failures,
        sum(tool_calls) as tool_calls,
        sum(unpriced_calls) as unpriced_calls,
        sum(cost_usd) as cost_usd,
        sum(cost_usd) filter (where is_priced) as priced_cost_usd
    from facts.closed_runs
    group by week_start, workflow, env, team
),

figures as (
    select
        week_start,
        workflow,
        env,
        team,
        runs,
        closed,
        checked,
        priced,
        completions_verified,
        completions_declared,
        escalated,
        silent_failures,
        tool_calls,
        unpriced_calls,
        cost_usd,
        priced_cost_usd
    from facts.closed_figures
),

-- Whole rows are compared, so that unknown is equal to unknown and a group that only one side has is a difference.
differing as (
    (
        select * from figures
        except
        select * from summed
    )
    union all
    (
        select * from summed
        except
        select * from figures
    )
)

select distinct
    week_start,
    workflow,
    env,
    team
from differing
