-- macros.model_rest_usd: what a run cost beside tools, people and infrastructure: model calls, retrieval, and what a final
-- event said of the whole run beyond its tools (facts.run_costs, kind model). Null where there is no such money.
-- grain: one decimal(38, 9) per run
create or replace macro macros.model_rest_usd(
    cost_usd, model_cost_usd, tool_cost_usd, people_cost_usd, infrastructure_cost_usd
) as
case
    when model_cost_usd is not null
        or cost_usd
        > coalesce(tool_cost_usd, 0) + coalesce(people_cost_usd, 0) + coalesce(infrastructure_cost_usd, 0)
        then (
            cost_usd - coalesce(tool_cost_usd, 0) - coalesce(people_cost_usd, 0)
            - coalesce(infrastructure_cost_usd, 0)
        )::decimal(38, 9)
end
