-- marts.shared_parts: what of a run's money goes to each model, tool or outcome kind that it has: a run can have several.
-- grain: one row per run and value; a run's money of no value is not here (marts.spend_parts has the rest)
-- started_from: no run that started before matters, so that earlier steps need not be read. cost_usd is null where unknown.
create or replace macro marts.shared_parts(dimension, started_from) as table
select
    run_id,
    model as value,
    sum(cost_usd)::decimal(38, 9) as cost_usd,
    sum(unpriced_calls)::bigint as unpriced_calls,
    sum(usage_missing_calls)::bigint as usage_missing_calls
from facts.run_models
where dimension::varchar = 'model' and model is not null
group by run_id, model
union all
select
    run_id,
    tool as value,
    sum(cost_usd)::decimal(38, 9) as cost_usd,
    0 as unpriced_calls,
    0 as usage_missing_calls
from facts.tool_calls
where dimension::varchar = 'tool' and tool is not null and started_at >= started_from::timestamp
group by run_id, tool
union all
select
    served.run_id,
    coalesce(served.outcome, workflows.outcome) as value,
    sum(served.allocated_cost_usd)::decimal(38, 9) as cost_usd,
    0 as unpriced_calls,
    0 as usage_missing_calls
from facts.run_outcomes as served
inner join facts.runs as runs on served.run_id = runs.run_id
left join facts.workflows as workflows on runs.workflow = workflows.workflow
where dimension::varchar = 'outcome' and coalesce(served.outcome, workflows.outcome) is not null
    and runs.started_at >= started_from::timestamp
group by all
