-- marts.spend_parts: the money of the runs of marts.spend, each run's divided among the values of one dimension.
-- grain: one row per run and value of the dimension that the run has
-- dimension: workflow, agent, agent_version, prompt_version, team, tenant: a run has one value, or null; outcome (kind), model,
-- tool, kind of cost: a run can have several, and what is left of its money is not here (marts.spend_ranked has it).
-- null: the run itself. The branches that were not asked for are not read.
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
    end as value
from marts.spend(started_from, started_to, wanted_workflow, wanted_env, wanted_team)
where coalesce(dimension::varchar not in ('kind', 'model', 'tool', 'outcome'), true)
union all by name
select
    runs.* replace (
        case kinds.kind
            when 'model'
                then macros.model_rest_usd(
                    runs.cost_usd, runs.model_cost_usd, runs.tool_cost_usd, runs.people_cost_usd,
                    runs.infrastructure_cost_usd
                )
            when 'tool' then runs.tool_cost_usd
            when 'people' then runs.people_cost_usd
            else runs.infrastructure_cost_usd
        end as cost_usd
    ),
    kinds.kind as value
from marts.spend(started_from, started_to, wanted_workflow, wanted_env, wanted_team) as runs
cross join (values ('model'), ('tool'), ('people'), ('infrastructure')) as kinds (kind)
where dimension::varchar = 'kind'
    and macros.run_matches_kind(
        kinds.kind, runs.cost_usd, runs.model_cost_usd, runs.tool_cost_usd, runs.people_cost_usd,
        runs.infrastructure_cost_usd
    )
union all by name
select
    runs.* replace (
        parts.cost_usd as cost_usd,
        parts.unpriced_calls as unpriced_calls,
        parts.usage_missing_calls as usage_missing_calls
    ),
    parts.value
from marts.spend(started_from, started_to, wanted_workflow, wanted_env, wanted_team) as runs
inner join marts.shared_parts(dimension, macros.previous_start(started_from, started_to)) as parts
    on runs.run_id = parts.run_id
where dimension::varchar in ('outcome', 'model', 'tool')
