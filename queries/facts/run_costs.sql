-- What each run cost, by kind of money.
-- grain: one row per run and kind of cost (model, tool, people, infrastructure) of which something is known, or known to be missing
-- The kinds of a run add up to its cost_usd. model: model calls, retrieval, and what a final event said of the whole run
-- beyond its tools. unknown_count: calls without a price or without tokens; people's minutes without an amount.
select
    run_id,
    'model' as kind,
    case when model_cost_usd is null then nullif(rest_usd, 0) else rest_usd end as cost_usd,
    unknown_calls as unknown_count
from (
    select
        *,
        cost_usd - coalesce(tool_cost_usd, 0) - coalesce(people_cost_usd, 0) - coalesce(infrastructure_cost_usd, 0)
            as rest_usd,
        unpriced_calls + usage_missing_calls as unknown_calls
    from rollup.runs
) as runs
where model_cost_usd is not null or unknown_calls > 0 or rest_usd > 0
union all
select
    run_id,
    'tool' as kind,
    tool_cost_usd as cost_usd,
    0 as unknown_count
from rollup.runs
where tool_cost_usd is not null
union all
select
    run_id,
    'people' as kind,
    people_cost_usd as cost_usd,
    unpriced_costs as unknown_count
from rollup.runs
where people_cost_usd is not null or unpriced_costs > 0
union all
select
    run_id,
    'infrastructure' as kind,
    infrastructure_cost_usd as cost_usd,
    0 as unknown_count
from rollup.runs
where infrastructure_cost_usd is not null
