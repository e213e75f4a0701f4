-- macros.buckets_cost_usd: what a model call costs: its buckets (macros.call_buckets) times a row of
-- facts.unit_prices_in_force (unit_price).
-- grain: one decimal(38, 9) per call, rounded to a billionth of a dollar; null where it cannot be known
-- A price that is null has no effect where there are no tokens of its kind and makes the cost unknown where there are; tokens
-- that nobody counted cost nothing only where their price is 0 or there is none (embeddings have no output).
-- Give the buckets as a column: an expression would be worked out, and planned, once for each bucket.
create or replace macro macros.buckets_cost_usd(buckets, duration_ms, unit_price) as
case
    when unit_price is null then null
    when struct_extract(buckets, 'is_input_unknown') and coalesce(struct_extract(unit_price, 'input'), 0) > 0 then null
    when
        struct_extract(buckets, 'is_output_unknown') and coalesce(struct_extract(unit_price, 'output'), 0) > 0
        then null
    else (
        macros.bucket_usd(struct_extract(buckets, 'input'), struct_extract(unit_price, 'input'))
        + macros.bucket_usd(struct_extract(buckets, 'audio_input'), struct_extract(unit_price, 'audio_input'))
        + macros.bucket_usd(struct_extract(buckets, 'cache_read'), struct_extract(unit_price, 'cache_read'))
        + macros.bucket_usd(struct_extract(buckets, 'cache_write'), struct_extract(unit_price, 'cache_write'))
        + macros.bucket_usd(struct_extract(buckets, 'cache_write_1h'), struct_extract(unit_price, 'cache_write_1h'))
        + macros.bucket_usd(struct_extract(buckets, 'output'), struct_extract(unit_price, 'output'))
        + macros.bucket_usd(struct_extract(buckets, 'reasoning'), struct_extract(unit_price, 'reasoning'))
        + macros.bucket_usd(struct_extract(buckets, 'audio_output'), struct_extract(unit_price, 'audio_output'))
        + coalesce(struct_extract(unit_price, 'request'), 0)::decimal(37, 15)
        + macros.seconds_usd(duration_ms, struct_extract(unit_price, 'second'))
    )::decimal(38, 9)
end
