-- Which prices were used, since when and from where, and for how much: models that nobody knows a price of first.
-- grain: one row per provider, model, service tier and set of unit prices
-- param since timestamp default null: calls from this moment on; null: all
-- USD per million tokens, per request, per second. usd: computed; reported_usd: what senders said of the same calls.
-- different_calls: calls of which the two differ by more than 5 % (price_differences lists them). price_since: the day from
-- which the book has this price, null where it gives none; early_calls: calls before the first day that the book knows.
select
    provider,
    model,
    service_tier,
    source,
    source_version,
    price_provider,
    price_model,
    price_since,
    unit_price.input as input_usd_per_mtok,
    unit_price.cache_read as cache_read_usd_per_mtok,
    unit_price.cache_write as cache_write_usd_per_mtok,
    unit_price.cache_write_1h as cache_write_1h_usd_per_mtok,
    unit_price.output as output_usd_per_mtok,
    unit_price.reasoning as reasoning_usd_per_mtok,
    unit_price.audio_input as audio_input_usd_per_mtok,
    unit_price.audio_output as audio_output_usd_per_mtok,
    unit_price.request as request_usd,
    unit_price.second as second_usd,
    min(started_at)::date as first_day,
    max(started_at)::date as last_day,
    count(*) as calls,
    count(computed_cost_usd) as priced_calls,
    count(*) filter (where is_different) as different_calls,
    count(*) filter (where is_before_first_price) as early_calls,
    try_cast(sum(input_tokens) as bigint) as input_tokens,
    try_cast(sum(output_tokens) as bigint) as output_tokens,
    sum(computed_cost_usd) as usd,
    sum(reported_cost_usd) as reported_usd,
    note,
    max(price_version) as price_version
from facts.model_call_costs_as_of(null, coalesce($since::timestamp, '0001-01-01'::timestamp))
group by
    provider, model, service_tier, source, source_version, price_provider, price_model, price_since, unit_price, note
order by priced_calls > 0, calls desc, provider, model, service_tier, usd
