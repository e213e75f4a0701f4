-- marts.routed_runs: the runs of a period with the models that served them.
-- grain: one row per run that started in the period and has a route
-- started_from is included, started_to is not; a filter that is null wants any.
create or replace macro marts.routed_runs(started_from, started_to, wanted_workflow, wanted_env, wanted_team) as table
select
    runs.run_id,
    runs.workflow,
    runs.started_at,
    runs.is_closed,
    runs.is_checked,
    runs.is_priced,
    runs.is_verified_completion,
    runs.is_verified_completion or runs.is_declared_completion as is_completion,
    runs.cost_usd,
    routes.entry_model,
    routes.route,
    routes.unknown_price_calls,
    routes.escalated_calls,
    routes.escalated_cost_usd,
    routes.escalated_step_id
from facts.runs as runs
inner join facts.run_routes as routes on runs.run_id = routes.run_id
where (started_from::timestamp is null or runs.started_at >= started_from::timestamp)
    and (started_to::timestamp is null or runs.started_at < started_to::timestamp)
    and macros.matches(runs.workflow, wanted_workflow)
    and macros.matches(runs.env, wanted_env)
    and macros.matches(runs.team, wanted_team)
