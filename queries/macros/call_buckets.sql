-- macros.call_buckets: the tokens of a model call in buckets that are billed apart and do not overlap.
-- grain: one struct per call; a bucket is negative where a sender says more of a part than of its whole
-- Input includes what was read from and written to the cache; cache writes of an hour are a part of cache writes, the rest
-- are of five minutes. Audio is a part of input or output: as far as input is neither cached nor written it is taken as
-- audio first (cached audio is billed as cached). Reasoning is a part of output.
create or replace macro macros.call_buckets(
    input_tokens, cache_read_tokens, cache_write_tokens, cache_write_1h_tokens, output_tokens, reasoning_tokens,
    audio_input_tokens, audio_output_tokens
) as
{
    'input': macros.uncached(input_tokens, cache_read_tokens, cache_write_tokens)
    - macros.part(audio_input_tokens, macros.uncached(input_tokens, cache_read_tokens, cache_write_tokens)),
    'audio_input': macros.part(
        audio_input_tokens, macros.uncached(input_tokens, cache_read_tokens, cache_write_tokens)
    ),
    'cache_read': coalesce(cache_read_tokens, 0),
    'cache_write': coalesce(cache_write_tokens, 0)::hugeint - coalesce(cache_write_1h_tokens, 0),
    'cache_write_1h': coalesce(cache_write_1h_tokens, 0),
    'output': coalesce(output_tokens, 0)
    - macros.part(audio_output_tokens, output_tokens)
    - macros.part(reasoning_tokens, output_tokens - macros.part(audio_output_tokens, output_tokens)),
    'reasoning': macros.part(reasoning_tokens, output_tokens - macros.part(audio_output_tokens, output_tokens)),
    'audio_output': macros.part(audio_output_tokens, output_tokens),
    'is_input_unknown': input_tokens is null,
    'is_output_unknown': output_tokens is null
}
