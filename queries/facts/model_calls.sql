-- Model calls, each counted once: of a call told of several times (wrapper, second instrumentation, log record) only the
-- counted report stays; what it leaves out its twins fill in.
-- grain: one row per counted model call
with fills as (
    select
        run_id,
        counted_as as step_id,
        min(model) as model,
        min(provider) as provider,
        min(service_tier) as service_tier,
        bool_or(status = 'error') as is_error,
        max(input_tokens) as input_tokens,
        max(output_tokens) as output_tokens,
        max(cache_read_tokens) as cache_read_tokens,
        max(cache_write_tokens) as cache_write_tokens,
        max(cache_write_1h_tokens) as cache_write_1h_tokens,
        max(reasoning_tokens) as reasoning_tokens,
        max(audio_input_tokens) as audio_input_tokens,
        max(audio_output_tokens) as audio_output_tokens,
        max(reported_cost_usd) as reported_cost_usd,
        arg_max(macros.price_key(provider, model, service_tier, started_at), service_tier is not null)
            filter (where model is not null) as price_key
    from facts.steps
    where counted_as <> '' and kind = 'model_call'
    group by run_id, counted_as
)

select
    calls.run_id,
    calls.trace_id,
    calls.step_id,
    calls.parent_step_id,
    calls.agent,
    coalesce(calls.provider, fills.provider) as provider,
    coalesce(calls.model, fills.model) as model,
    calls.request_model,
    calls.response_model,
    coalesce(calls.service_tier, fills.service_tier) as service_tier,
    calls.finish_reason,
    case when calls.status = 'unset' and fills.is_error then 'error' else calls.status end as status,
    calls.error_type,
    calls.error_message,
    calls.attempt,
    coalesce(calls.input_tokens, fills.input_tokens) as input_tokens,
    coalesce(calls.output_tokens, fills.output_tokens) as output_tokens,
    coalesce(calls.cache_read_tokens, fills.cache_read_tokens) as cache_read_tokens,
    coalesce(calls.cache_write_tokens, fills.cache_write_tokens) as cache_write_tokens,
    coalesce(calls.cache_write_1h_tokens, fills.cache_write_1h_tokens) as cache_write_1h_tokens,
    coalesce(calls.reasoning_tokens, fills.reasoning_tokens) as reasoning_tokens,
    coalesce(calls.audio_input_tokens, fills.audio_input_tokens) as audio_input_tokens,
    coalesce(calls.audio_output_tokens, fills.audio_output_tokens) as audio_output_tokens,
    coalesce(calls.reported_cost_usd, fills.reported_cost_usd) as reported_cost_usd,
    macros.better_price_key(
        macros.price_key(calls.provider, calls.model, calls.service_tier, calls.started_at), fills.price_key
    ) as price_key,
    coalesce(calls.reported_cost_usd, fills.reported_cost_usd) as cost_usd,
    case
        when coalesce(calls.reported_cost_usd, fills.reported_cost_usd) is not null then 'reported'
        when coalesce(calls.input_tokens, calls.output_tokens, fills.input_tokens, fills.output_tokens) is null
            then 'usage_missing'
        else 'unpriced'
    end as cost_status,
    calls.time_basis,
    calls.started_at,
    calls.ended_at,
    calls.duration_ms,
    calls.time_to_first_token_ms,
    calls.said_order
from facts.steps as calls
left join fills on calls.run_id = fills.run_id and calls.step_id = fills.step_id
where calls.kind = 'model_call' and calls.counted_as is null
