-- Model calls, each counted once, with their cost: of a call told of several times (wrapper, second instrumentation, log
-- record) only the counted report stays; what it leaves out the others fill in.
-- grain: one row per counted model call
-- cost_usd: computed where the price is known (tokens times unit prices of the day), else as reported; see cost_status.
with calls as (
    select
        steps.* replace (
            coalesce(steps.model, fills.model) as model,
            macros.status_of_reports(steps.status, fills.is_error) as status,
            coalesce(steps.input_tokens, fills.input_tokens) as input_tokens,
            coalesce(steps.output_tokens, fills.output_tokens) as output_tokens,
            coalesce(steps.cache_read_tokens, fills.cache_read_tokens) as cache_read_tokens,
            coalesce(steps.cache_write_tokens, fills.cache_write_tokens) as cache_write_tokens,
            coalesce(steps.cache_write_1h_tokens, fills.cache_write_1h_tokens) as cache_write_1h_tokens,
            coalesce(steps.reasoning_tokens, fills.reasoning_tokens) as reasoning_tokens,
            coalesce(steps.audio_input_tokens, fills.audio_input_tokens) as audio_input_tokens,
            coalesce(steps.audio_output_tokens, fills.audio_output_tokens) as audio_output_tokens,
            coalesce(steps.reported_cost_usd, fills.reported_cost_usd) as reported_cost_usd,
            coalesce(steps.service_tier, fills.service_tier) as service_tier,
            coalesce(steps.provider, fills.provider) as provider
        ),
        macros.of_better_price(
            steps.model, steps.service_tier, steps.provider, fills.price_tier, fills.price_provider
        ) as price_provider,
        macros.of_better_price(
            steps.model, steps.service_tier, steps.model, fills.price_tier, fills.price_model
        ) as price_model,
        macros.of_better_price(
            steps.model, steps.service_tier, steps.service_tier, fills.price_tier, fills.price_tier
        ) as price_tier
    from facts.steps as steps
    left join rollup.fills as fills
        on steps.trace_id = fills.trace_id and steps.run_id = fills.run_id and steps.step_id = fills.step_id
    where steps.kind = 'model_call' and steps.counted_as is null
),

priced as (
    select
        calls.*,
        macros.call_cost_usd(
            calls.input_tokens, calls.cache_read_tokens, calls.cache_write_tokens, calls.cache_write_1h_tokens,
            calls.output_tokens, calls.reasoning_tokens, calls.audio_input_tokens, calls.audio_output_tokens,
            calls.duration_ms, prices.unit_price
        ) as computed_cost_usd,
        prices.price_version
    from calls
    left join facts.unit_prices_in_force as prices
        on calls.price_model = prices.model
        and calls.price_provider is not distinct from prices.provider
        and calls.price_tier is not distinct from prices.service_tier
        and calls.started_at::date = prices.day
        and coalesce(calls.input_tokens, 0) >= prices.min_input_tokens
        and coalesce(calls.input_tokens, 0) <= prices.max_input_tokens
        and macros.second_of_day(calls.started_at) >= prices.from_second
        and macros.second_of_day(calls.started_at) < prices.to_second
)

select
    run_id,
    trace_id,
    step_id,
    parent_step_id,
    agent,
    provider,
    model,
    request_model,
    response_model,
    service_tier,
    finish_reason,
    status,
    error_type,
    error_message,
    attempt,
    input_tokens,
    output_tokens,
    cache_read_tokens,
    cache_write_tokens,
    cache_write_1h_tokens,
    reasoning_tokens,
    audio_input_tokens,
    audio_output_tokens,
    computed_cost_usd,
    reported_cost_usd,
    coalesce(computed_cost_usd, reported_cost_usd) as cost_usd,
    macros.call_cost_status(computed_cost_usd, reported_cost_usd, input_tokens, output_tokens) as cost_status,
    price_provider,
    price_model,
    price_tier,
    price_version,
    time_basis,
    started_at,
    ended_at,
    duration_ms,
    time_to_first_token_ms,
    said_order
from priced
