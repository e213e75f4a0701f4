-- macros.call_cost_usd: what a model call costs: its token buckets times a row of facts.unit_prices_in_force (unit_price).
-- grain: one decimal(38, 9) per call, rounded to a billionth of a dollar; null where it cannot be known
-- Input includes what was read from and written to the cache; cache writes of an hour are a part of cache writes, the rest
-- are of five minutes. Audio is a part of input or output: as far as input is neither cached nor written it is taken as
-- audio first (cached audio is billed as cached). Reasoning is a part of output. A price that is null has no effect
-- where there are no tokens of its kind and makes the cost unknown where there are; tokens that nobody counted cost
-- nothing only where their price is 0 or there is none (embeddings have no output). Parts above their whole: unknown.
create or replace macro macros.call_cost_usd(
    input_tokens, cache_read_tokens, cache_write_tokens, cache_write_1h_tokens, output_tokens, reasoning_tokens,
    audio_input_tokens, audio_output_tokens, duration_ms, unit_price
) as
case
    when unit_price is null then null
    when input_tokens is null and coalesce(struct_extract(unit_price, 'input'), 0) > 0 then null
    when output_tokens is null and coalesce(struct_extract(unit_price, 'output'), 0) > 0 then null
    else (
        macros.bucket_usd(
            macros.uncached(input_tokens, cache_read_tokens, cache_write_tokens)
            - macros.part(
                audio_input_tokens, macros.uncached(input_tokens, cache_read_tokens, cache_write_tokens)
            ),
            struct_extract(unit_price, 'input')
        )
        + macros.bucket_usd(
            macros.part(audio_input_tokens, macros.uncached(input_tokens, cache_read_tokens, cache_write_tokens)),
            struct_extract(unit_price, 'audio_input')
        )
        + macros.bucket_usd(coalesce(cache_read_tokens, 0), struct_extract(unit_price, 'cache_read'))
        + macros.bucket_usd(
            coalesce(cache_write_tokens, 0)::hugeint - coalesce(cache_write_1h_tokens, 0),
            struct_extract(unit_price, 'cache_write')
        )
        + macros.bucket_usd(coalesce(cache_write_1h_tokens, 0), struct_extract(unit_price, 'cache_write_1h'))
        + macros.bucket_usd(
            coalesce(output_tokens, 0)
            - macros.part(audio_output_tokens, output_tokens)
            - macros.part(reasoning_tokens, output_tokens - macros.part(audio_output_tokens, output_tokens)),
            struct_extract(unit_price, 'output')
        )
        + macros.bucket_usd(
            macros.part(reasoning_tokens, output_tokens - macros.part(audio_output_tokens, output_tokens)),
            struct_extract(unit_price, 'reasoning')
        )
        + macros.bucket_usd(
            macros.part(audio_output_tokens, output_tokens), struct_extract(unit_price, 'audio_output')
        )
        + coalesce(struct_extract(unit_price, 'request'), 0)::decimal(38, 15)
        + macros.seconds_usd(duration_ms, struct_extract(unit_price, 'second'))
    )::decimal(38, 9)
end
