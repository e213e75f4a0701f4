-- marts.spend: the runs of a period and of the period before it, with their money: what Economics counts.
-- grain: one row per run that started in either period
-- started_from is included, started_to is not. is_this: the period itself, else the one before (macros.previous_start), of
-- the same length and on the same weekdays. A filter that is null wants any.
-- No CTE here: above a CTE DuckDB reads every column of the rollup, whatever is asked for.
create or replace macro marts.spend(started_from, started_to, wanted_workflow, wanted_env, wanted_team) as table
select
    run_id,
    started_at,
    started_at::date as day,
    week_start,
    started_at >= started_from::timestamp as is_this,
    workflow,
    agent,
    agent_version,
    prompt_version,
    team,
    tenant,
    env,
    is_priced,
    unpriced_calls,
    usage_missing_calls,
    unpriced_costs,
    cost_usd,
    model_cost_usd,
    tool_cost_usd,
    people_cost_usd,
    infrastructure_cost_usd
from facts.runs
where started_at >= macros.previous_start(started_from, started_to)
    and started_at < started_to::timestamp
    and (
        started_at >= started_from::timestamp
        or started_at < macros.previous_start(started_from, started_to)
        + (started_to::timestamp - started_from::timestamp)
    )
    and macros.matches(workflow, wanted_workflow)
    and macros.matches(env, wanted_env)
    and macros.matches(team, wanted_team)
