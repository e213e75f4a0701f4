-- The unit prices that the model calls of one run rest on, as a bundle carries them.
-- grain: one row per provider, model, service tier, day and band
-- param run_id varchar default null: the run
select
    prices.* exclude (unit_price),
    prices.unit_price.input as input_usd_per_mtok,
    prices.unit_price.cache_read as cache_read_usd_per_mtok,
    prices.unit_price.cache_write as cache_write_usd_per_mtok,
    prices.unit_price.cache_write_1h as cache_write_1h_usd_per_mtok,
    prices.unit_price.output as output_usd_per_mtok,
    prices.unit_price.reasoning as reasoning_usd_per_mtok,
    prices.unit_price.audio_input as audio_input_usd_per_mtok,
    prices.unit_price.audio_output as audio_output_usd_per_mtok,
    prices.unit_price.request as request_usd,
    prices.unit_price.second as second_usd,
    versions.made_at as resolved_at
from facts.unit_prices_in_force as prices
inner join facts.price_versions as versions on prices.price_version = versions.price_version
where exists (
    select 1
    from facts.steps_of($run_id::varchar) as steps
    where steps.price_model = prices.model
        and steps.price_provider is not distinct from prices.provider
        and steps.price_tier is not distinct from prices.service_tier
        and steps.started_at::date = prices.day
)
order by model, provider, service_tier, day, min_input_tokens, from_second
