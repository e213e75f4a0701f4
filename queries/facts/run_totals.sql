-- What each run really did, in numbers: for comparing with a provider's own log.
-- grain: one row per run that has a step or a final event
-- by_model: per model the innermost calls, their tokens and cost. trace_ids: the OTLP traces of the run.
with tools as (
    select
        run_id,
        list(tool order by started_at, said_order) as tool_calls
    from facts.tool_calls
    group by run_id
),

models as (
    select
        run_id,
        model,
        count(*) as calls,
        try_cast(sum(input_tokens) as bigint) as input_tokens,
        try_cast(sum(output_tokens) as bigint) as output_tokens,
        sum(cost_usd) as cost_usd
    from facts.model_calls
    group by run_id, model
),

by_model as (
    select
        run_id,
        list({
            'model': model, 'calls': calls, 'input_tokens': input_tokens, 'output_tokens': output_tokens,
            'cost_usd': cost_usd
        } order by model) as by_model
    from models
    group by run_id
),

agents as (
    select
        run_id,
        list_sort(list(distinct agent)) as agents
    from facts.steps
    where agent is not null
    group by run_id
)

select
    runs.run_id,
    runs.trace_ids,
    runs.workflow,
    coalesce(agents.agents, []) as agents,
    runs.session,
    runs.user,
    runs.declared,
    runs.started_at,
    runs.ended_at,
    runs.model_calls,
    runs.failed_model_calls,
    coalesce(tools.tool_calls, []) as tool_calls,
    runs.failed_tool_calls,
    runs.input_tokens,
    runs.output_tokens,
    runs.cache_read_tokens,
    runs.cache_write_tokens,
    runs.reasoning_tokens,
    coalesce(by_model.by_model, []) as by_model,
    runs.cost_usd,
    runs.cost_status
from facts.runs as runs
left join tools on runs.run_id = tools.run_id
left join by_model on runs.run_id = by_model.run_id
left join agents on runs.run_id = agents.run_id
