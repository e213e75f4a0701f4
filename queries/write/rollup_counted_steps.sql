-- Refresh 12: the touched steps, each call told of once: what the counted report leaves out, its twins fill in.
-- grain: one row per touched step
create or replace temp table counted_steps as
with fills as (
    select
        twins.run_id,
        twins.counted_step_id as step_id,
        any_value(steps.model) as model,
        any_value(steps.provider) as provider,
        any_value(steps.service_tier) as service_tier,
        bool_or(steps.status = 'error') as is_error,
        max(steps.input_tokens) as input_tokens,
        max(steps.output_tokens) as output_tokens,
        max(steps.cache_read_tokens) as cache_read_tokens,
        max(steps.cache_write_tokens) as cache_write_tokens,
        max(steps.cache_write_1h_tokens) as cache_write_1h_tokens,
        max(steps.reasoning_tokens) as reasoning_tokens,
        max(steps.reported_cost_usd) as reported_cost_usd
    from rollup.twins as twins
    semi join touched_traces on twins.trace_id = touched_traces.trace_id
    inner join touched_steps as steps
        on twins.trace_id = steps.trace_id and twins.run_id = steps.run_id and twins.step_id = steps.step_id
    where twins.counted_step_id is not null
    group by twins.run_id, twins.counted_step_id
)

select
    steps.* replace (
        coalesce(steps.model, fills.model) as model,
        coalesce(steps.provider, fills.provider) as provider,
        coalesce(steps.service_tier, fills.service_tier) as service_tier,
        case when steps.status = 'unset' and fills.is_error then 'error' else steps.status end as status,
        coalesce(steps.input_tokens, fills.input_tokens) as input_tokens,
        coalesce(steps.output_tokens, fills.output_tokens) as output_tokens,
        coalesce(steps.cache_read_tokens, fills.cache_read_tokens) as cache_read_tokens,
        coalesce(steps.cache_write_tokens, fills.cache_write_tokens) as cache_write_tokens,
        coalesce(steps.cache_write_1h_tokens, fills.cache_write_1h_tokens) as cache_write_1h_tokens,
        coalesce(steps.reasoning_tokens, fills.reasoning_tokens) as reasoning_tokens,
        coalesce(steps.reported_cost_usd, fills.reported_cost_usd) as reported_cost_usd
    ),
    twins.step_id is null and steps.kind = 'model_call' as is_model_call,
    twins.step_id is null and steps.kind = 'tool_call' as is_tool_call,
    twins.step_id is null and steps.kind <> 'plumbing' as is_step
from touched_steps as steps
left join rollup.twins as twins
    on steps.trace_id = twins.trace_id and steps.run_id = twins.run_id and steps.step_id = twins.step_id
left join fills on steps.run_id = fills.run_id and steps.step_id = fills.step_id
