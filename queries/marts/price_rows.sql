-- marts.price_rows: how the money for models came about: tokens of each kind times their price, where the price is from.
-- grain: one row per provider, model, cost_status, price version, set of unit prices and bucket of tokens
-- bucket: input (uncached), cache_read, cache_write, output (reasoning included), other (per request or second, or only
-- reported). cost_usd adds up to the model's row of the breakdown exactly; product_usd, tokens times price, is the same but for
-- the rounding of each call to a billionth of a dollar. usd_per_mtok is null where calls in it have several, or none is known.
create or replace macro marts.price_rows(
    wanted_model, started_from, started_to, wanted_workflow, wanted_env, wanted_team
) as table
with used as (
    select
        models.provider,
        models.model,
        models.cost_status,
        models.price_version,
        models.input_usd_per_mtok,
        models.cache_read_usd_per_mtok,
        models.cache_write_usd_per_mtok,
        models.output_usd_per_mtok,
        min(models.day) as first_day,
        max(models.day) as last_day,
        sum(models.calls)::bigint as calls,
        sum(models.unpriced_calls)::bigint as unpriced_calls,
        sum(models.uncached_input_tokens)::bigint as input_tokens,
        sum(models.cache_read_tokens)::bigint as cache_read_tokens,
        sum(models.cache_write_tokens)::bigint as cache_write_tokens,
        sum(models.output_tokens)::bigint as output_tokens,
        sum(models.input_cost_usd) as input_cost_usd,
        sum(models.cache_read_cost_usd) as cache_read_cost_usd,
        sum(models.cache_write_cost_usd) as cache_write_cost_usd,
        sum(models.output_cost_usd) as output_cost_usd,
        sum(models.other_cost_usd) as other_cost_usd
    from facts.run_models as models
    inner join marts.spend(started_from, started_to, wanted_workflow, wanted_env, wanted_team) as runs
        on models.run_id = runs.run_id and runs.is_this
    where models.model is not null and macros.matches(models.model, wanted_model)
    group by all
),

sources as (
    select
        provider,
        model,
        price_version,
        unit_price.input as input_usd_per_mtok,
        unit_price.output as output_usd_per_mtok,
        any_value(source) as source,
        any_value(source_version) as source_version,
        any_value(price_model) as price_model,
        min(price_since) as price_since
    from facts.unit_prices_in_force
    group by provider, model, price_version, unit_price.input, unit_price.output
),

buckets as (
    select
        provider,
        model,
        cost_status,
        price_version,
        first_day,
        last_day,
        calls,
        unpriced_calls,
        input_usd_per_mtok,
        output_usd_per_mtok,
        unnest([
            {
                'place': 1, 'bucket': 'input', 'tokens': input_tokens, 'usd_per_mtok': input_usd_per_mtok,
                'cost_usd': input_cost_usd
            },
            {
                'place': 2, 'bucket': 'cache_read', 'tokens': cache_read_tokens,
                'usd_per_mtok': cache_read_usd_per_mtok, 'cost_usd': cache_read_cost_usd
            },
            {
                'place': 3, 'bucket': 'cache_write', 'tokens': cache_write_tokens,
                'usd_per_mtok': cache_write_usd_per_mtok, 'cost_usd': cache_write_cost_usd
            },
            {
                'place': 4, 'bucket': 'output', 'tokens': output_tokens, 'usd_per_mtok': output_usd_per_mtok,
                'cost_usd': output_cost_usd
            },
            {
                'place': 5, 'bucket': 'other', 'tokens': null::bigint, 'usd_per_mtok': null::decimal(18, 9),
                'cost_usd': other_cost_usd
            }
        ], recursive := true)
    from used
)

select
    buckets.* exclude (input_usd_per_mtok, output_usd_per_mtok),
    macros.bucket_usd(buckets.tokens, buckets.usd_per_mtok) as product_usd,
    sources.source,
    sources.source_version,
    sources.price_model,
    sources.price_since
from buckets
left join sources
    on buckets.model = sources.model
    and buckets.provider is not distinct from sources.provider
    and buckets.price_version = sources.price_version
    and buckets.input_usd_per_mtok is not distinct from sources.input_usd_per_mtok
    and buckets.output_usd_per_mtok is not distinct from sources.output_usd_per_mtok
where coalesce(buckets.tokens, 0) <> 0 or coalesce(buckets.cost_usd, 0) <> 0
