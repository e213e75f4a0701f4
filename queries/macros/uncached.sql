-- macros.uncached: the input tokens that were neither read from nor written to the cache. Negative where a sender says more
-- cached than input; 128 bits, as a hostile one may say anything.
-- grain: one hugeint
create or replace macro macros.uncached(input_tokens, cache_read_tokens, cache_write_tokens) as
coalesce(input_tokens, 0)::hugeint - coalesce(cache_read_tokens, 0) - coalesce(cache_write_tokens, 0)
