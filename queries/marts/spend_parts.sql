-- marts.spend_parts: the money of the runs of marts.spend, each run's divided among the values of one dimension.
-- grain: one row per run and value of the dimension that the run has; value is null where it has none
-- dimension: workflow, agent, agent_version, prompt_version, team, tenant, env (a run has one value), or kind, model, tool
-- (a run has several; what belongs to none of them is the row with value null). null: the run as it is.
-- Whatever the dimension, cost_usd adds up to that of the runs. The branches that were not asked for are not read.
create or replace macro marts.spend_parts(
    dimension, started_from, started_to, wanted_workflow, wanted_env, wanted_team
) as table
select
    *,
    case dimension::varchar
        when 'workflow' then workflow
        when 'agent' then agent
        when 'agent_version' then agent_version
        when 'prompt_version' then prompt_version
        when 'team' then team
        when 'tenant' then tenant
        when 'env' then env
    end as value
from marts.spend(started_from, started_to, wanted_workflow, wanted_env, wanted_team)
where coalesce(dimension::varchar not in ('kind', 'model', 'tool', 'outcome'), true)
union all by name
select *
from (
    select
        runs.* replace (
            case kinds.kind
                when 'model' then runs.model_cost_usd
                when 'tool' then runs.tool_cost_usd
                when 'people' then runs.people_cost_usd
                when 'infrastructure' then runs.infrastructure_cost_usd
                else macros.undivided_usd(
                    runs.cost_usd, runs.model_cost_usd, runs.tool_cost_usd, runs.people_cost_usd,
                    runs.infrastructure_cost_usd
                )
            end as cost_usd
        ),
        kinds.kind as value
    from marts.spend(started_from, started_to, wanted_workflow, wanted_env, wanted_team) as runs
    cross join (values ('model'), ('tool'), ('people'), ('infrastructure'), (null)) as kinds (kind)
    where dimension::varchar = 'kind'
)
where cost_usd is not null
