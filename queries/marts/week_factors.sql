-- marts.week_factors: what the unit cost of each workflow is made of, in a week and in the one before, over priced runs.
-- grain: one row per workflow with priced runs in either week
-- Of a week in which a workflow did not run, its factors are taken as in the other week: that it began or ended is volume.
create or replace macro marts.week_factors(last_week_start, wanted_workflow, wanted_env, wanted_team) as table
with runs as (
    select
        workflow,
        cost_usd,
        is_verified_completion or is_declared_completion as is_completion,
        week_start = last_week_start::date as is_now
    from facts.runs
    where week_start in (last_week_start::date, last_week_start::date - 7)
        and is_priced
        and macros.matches(workflow, wanted_workflow)
        and macros.matches(env, wanted_env)
        and macros.matches(team, wanted_team)
),

priced as (
    select
        workflow,
        count(*) filter (where not is_now) as runs_before,
        count(*) filter (where is_now) as runs_now,
        count(*) filter (where not is_now and is_completion) as completions_before,
        count(*) filter (where is_now and is_completion) as completions_now,
        coalesce(sum(cost_usd) filter (where not is_now), 0) as cost_before_usd,
        coalesce(sum(cost_usd) filter (where is_now), 0) as cost_now_usd
    from runs
    group by workflow
),

usage as (
    select
        workflow,
        sum(cost_before) as model_cost_before,
        sum(cost_now) as model_cost_now
    from marts.week_usage(last_week_start, wanted_workflow, wanted_env, wanted_team)
    group by workflow
),

per_run as (
    select
        priced.*,
        (cost_before_usd::double - coalesce(usage.model_cost_before, 0)) / nullif(runs_before, 0) as others_before,
        (cost_now_usd::double - coalesce(usage.model_cost_now, 0)) / nullif(runs_now, 0) as others_now,
        completions_before / nullif(runs_before, 0) as share_before,
        completions_now / nullif(runs_now, 0) as share_now
    from priced
    left join usage on priced.workflow is not distinct from usage.workflow
)

select
    workflow,
    runs_before,
    runs_now,
    completions_before,
    completions_now,
    cost_before_usd,
    cost_now_usd,
    coalesce(others_before, others_now) as other_costs_per_run_before,
    coalesce(others_now, others_before) as other_costs_per_run_now,
    coalesce(share_before, share_now) as completion_share_before,
    coalesce(share_now, share_before) as completion_share_now
from per_run
