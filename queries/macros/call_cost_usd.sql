-- macros.call_cost_usd: what a model call costs: its token counts times a row of facts.unit_prices_in_force (unit_price).
-- grain: one decimal(38, 9) per call, rounded to a billionth of a dollar; null where it cannot be known
-- The rules are those of macros.call_buckets and macros.buckets_cost_usd. The lambda has the buckets worked out, and planned, once.
create or replace macro macros.call_cost_usd(
    input_tokens, cache_read_tokens, cache_write_tokens, cache_write_1h_tokens, output_tokens, reasoning_tokens,
    audio_input_tokens, audio_output_tokens, duration_ms, unit_price
) as
list_transform(
    [macros.call_buckets(
        input_tokens, cache_read_tokens, cache_write_tokens, cache_write_1h_tokens, output_tokens, reasoning_tokens,
        audio_input_tokens, audio_output_tokens
    )],
    lambda buckets: macros.buckets_cost_usd(buckets, duration_ms, unit_price)
)[1]
