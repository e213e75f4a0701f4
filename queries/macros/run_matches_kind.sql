-- macros.run_matches_kind: whether a run has money of a kind: model, tool, people, infrastructure, or '(none)' of these;
-- null wants any run.
-- grain: one boolean per run
create or replace macro macros.run_matches_kind(
    wanted, cost_usd, model_cost_usd, tool_cost_usd, people_cost_usd, infrastructure_cost_usd
) as
case wanted::varchar
    when 'model' then model_cost_usd is not null
    when 'tool' then tool_cost_usd is not null
    when 'people' then people_cost_usd is not null
    when 'infrastructure' then infrastructure_cost_usd is not null
    when '(none)'
        then macros.undivided_usd(
            cost_usd, model_cost_usd, tool_cost_usd, people_cost_usd, infrastructure_cost_usd
        ) is not null
    else wanted::varchar is null
end
