-- marts.served_steps: which model served which kind of step of which agent, and what that cost.
-- grain: one row per workflow, agent, kind of step served and model; money that no call carries is in none
create or replace macro marts.served_steps(started_from, started_to, wanted_workflow, wanted_env, wanted_team) as table
select
    runs.workflow,
    models.agent,
    models.served_kind,
    models.model,
    sum(models.calls)::bigint as calls,
    sum(models.failed_calls)::bigint as failed_calls,
    sum(models.priced_calls)::bigint as priced_calls,
    sum(models.input_tokens) as input_tokens,
    sum(models.output_tokens) as output_tokens,
    sum(models.cost_usd) as cost_usd,
    macros.money_per(sum(models.cost_usd), sum(models.priced_calls)) as cost_per_call_usd
from facts.runs as runs
inner join facts.run_models as models on runs.run_id = models.run_id
where models.day is not null
    and (started_from::timestamp is null or runs.started_at >= started_from::timestamp)
    and (started_to::timestamp is null or runs.started_at < started_to::timestamp)
    and macros.matches(runs.workflow, wanted_workflow)
    and macros.matches(runs.env, wanted_env)
    and macros.matches(runs.team, wanted_team)
group by runs.workflow, models.agent, models.served_kind, models.model
