-- macros.undivided_usd: the part of a run's money that is of no known kind: what a final event said of the whole run, costs
-- of other steps. Null where there is none.
-- grain: one decimal(38, 9) per run
create or replace macro macros.undivided_usd(
    cost_usd, model_cost_usd, tool_cost_usd, people_cost_usd, infrastructure_cost_usd
) as
nullif(
    cost_usd - coalesce(model_cost_usd, 0) - coalesce(tool_cost_usd, 0) - coalesce(people_cost_usd, 0)
    - coalesce(infrastructure_cost_usd, 0), 0
)::decimal(38, 9)
