-- facts.model_call_costs_as_of: counted model calls from a moment on with their cost under a price version (null: as of now).
-- grain: one row per counted model call
-- computed_cost_usd: tokens times the unit prices of its day; null where no book knows them. reported_cost_usd: what the
-- sender said; is_different: the two differ by more than 5 % of what was reported. price_version: the version that the computed cost rests on.
create or replace macro facts.model_call_costs_as_of(as_of_version, since) as table
with costs as (
    select
        calls.run_id,
        calls.step_id,
        calls.provider,
        calls.model,
        calls.service_tier,
        calls.started_at,
        macros.iso_week(calls.started_at) as week,
        calls.input_tokens,
        calls.output_tokens,
        calls.cache_read_tokens,
        calls.cache_write_tokens,
        calls.reasoning_tokens,
        calls.reported_cost_usd,
        macros.call_cost_usd(
            calls.input_tokens, calls.cache_read_tokens, calls.cache_write_tokens, calls.cache_write_1h_tokens,
            calls.output_tokens, calls.reasoning_tokens, calls.audio_input_tokens, calls.audio_output_tokens,
            calls.duration_ms, prices.unit_price
        ) as computed_cost_usd,
        prices.unit_price,
        prices.price_version,
        prices.source,
        prices.source_version,
        prices.price_provider,
        prices.price_model,
        prices.price_since,
        prices.is_before_first_price,
        prices.note
    from facts.model_calls as calls
    left join facts.unit_prices_as_of(as_of_version) as prices
        on calls.price_model = prices.model
        and calls.price_provider is not distinct from prices.provider
        and calls.price_tier is not distinct from prices.service_tier
        and calls.started_at::date = prices.day
        and coalesce(calls.input_tokens, 0) >= prices.min_input_tokens
        and coalesce(calls.input_tokens, 0) <= prices.max_input_tokens
        and macros.second_of_day(calls.started_at) >= prices.from_second
        and macros.second_of_day(calls.started_at) < prices.to_second
    where calls.started_at >= since
)

select
    *,
    coalesce(
        abs(computed_cost_usd - reported_cost_usd) > reported_cost_usd::decimal(38, 9) * 0.05::decimal(3, 2), false
    ) as is_different
from costs
