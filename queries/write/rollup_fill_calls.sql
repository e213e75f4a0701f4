-- Refresh 12b: what the counted report of a call leaves out, its twins fill in.
-- grain: one row per counted call that has twins
update touched_steps
set
    model = coalesce(touched_steps.model, fills.model),
    provider = coalesce(touched_steps.provider, fills.provider),
    service_tier = coalesce(touched_steps.service_tier, fills.service_tier),
    status = case when touched_steps.status = 'unset' and fills.is_error then 'error' else touched_steps.status end,
    input_tokens = coalesce(touched_steps.input_tokens, fills.input_tokens),
    output_tokens = coalesce(touched_steps.output_tokens, fills.output_tokens),
    cache_read_tokens = coalesce(touched_steps.cache_read_tokens, fills.cache_read_tokens),
    cache_write_tokens = coalesce(touched_steps.cache_write_tokens, fills.cache_write_tokens),
    cache_write_1h_tokens = coalesce(touched_steps.cache_write_1h_tokens, fills.cache_write_1h_tokens),
    reasoning_tokens = coalesce(touched_steps.reasoning_tokens, fills.reasoning_tokens),
    reported_cost_usd = coalesce(touched_steps.reported_cost_usd, fills.reported_cost_usd)
from (
    select
        twins.run_id,
        twins.counted_step_id as step_id,
        min(steps.model) as model,
        min(steps.provider) as provider,
        min(steps.service_tier) as service_tier,
        bool_or(steps.status = 'error') as is_error,
        max(steps.input_tokens) as input_tokens,
        max(steps.output_tokens) as output_tokens,
        max(steps.cache_read_tokens) as cache_read_tokens,
        max(steps.cache_write_tokens) as cache_write_tokens,
        max(steps.cache_write_1h_tokens) as cache_write_1h_tokens,
        max(steps.reasoning_tokens) as reasoning_tokens,
        max(steps.reported_cost_usd) as reported_cost_usd
    from rollup.twins as twins
    inner join touched_steps as steps
        on twins.trace_id = steps.trace_id and twins.run_id = steps.run_id and twins.step_id = steps.step_id
    where twins.counted_step_id is not null
    group by twins.run_id, twins.counted_step_id
) as fills
where touched_steps.run_id = fills.run_id and touched_steps.step_id = fills.step_id
