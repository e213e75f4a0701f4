-- macros.run_matches_kind: whether a run has money of a kind: model, tool, people or infrastructure; null wants any run.
-- grain: one boolean per run
-- Kinds as facts.run_costs: model is what is left of the run's money when the other kinds are taken off.
create or replace macro macros.run_matches_kind(
    wanted, cost_usd, model_cost_usd, tool_cost_usd, people_cost_usd, infrastructure_cost_usd
) as
case wanted::varchar
    when 'model'
        then macros.model_rest_usd(
            cost_usd, model_cost_usd, tool_cost_usd, people_cost_usd, infrastructure_cost_usd
        ) is not null
    when 'tool' then tool_cost_usd is not null
    when 'people' then people_cost_usd is not null
    when 'infrastructure' then infrastructure_cost_usd is not null
    else wanted::varchar is null
end
