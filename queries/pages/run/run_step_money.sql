-- How the computed cost of a step came about: each kind of unit, how many, at what price, the amount; and the price's origin.
-- grain: one row per kind of unit that the step used; none where no price is known, or another step counts the call
-- param run_id varchar default null: the run
-- param step_id varchar default null: the step
-- price_usd is for per_units of the unit. amount_usd is null where the price of such units is not known. The amounts add up
-- to computed_cost_usd, which is rounded to a billionth of a dollar. is_different: computed and reported cost differ by
-- more than 5 % of what was reported.
with step as (
    select
        *,
        macros.call_buckets(
            input_tokens, cache_read_tokens, cache_write_tokens, cache_write_1h_tokens, output_tokens,
            reasoning_tokens, audio_input_tokens, audio_output_tokens
        ) as buckets
    from facts.steps_of($run_id::varchar)
    where step_id = $step_id::varchar and counted_as is null
),

units as (
    select
        unnest([
            { 'place': 1, 'unit': 'input', 'units': buckets.input::bigint, 'price_usd': unit_price.input },
            { 'place': 2, 'unit': 'audio_input', 'units': buckets.audio_input, 'price_usd': unit_price.audio_input },
            { 'place': 3, 'unit': 'cache_read', 'units': buckets.cache_read, 'price_usd': unit_price.cache_read },
            { 'place': 4, 'unit': 'cache_write', 'units': buckets.cache_write, 'price_usd': unit_price.cache_write },
            {
                'place': 5,
                'unit': 'cache_write_1h',
                'units': buckets.cache_write_1h,
                'price_usd': unit_price.cache_write_1h
            },
            { 'place': 6, 'unit': 'output', 'units': buckets.output, 'price_usd': unit_price.output },
            { 'place': 7, 'unit': 'reasoning', 'units': buckets.reasoning, 'price_usd': unit_price.reasoning },
            {
                'place': 8, 'unit': 'audio_output', 'units': buckets.audio_output, 'price_usd': unit_price.audio_output
            }
        ], recursive := true),
        1000000 as per_units
    from step
    where unit_price is not null
    union all by name
    select
        9 as place,
        'request' as unit,
        1 as units,
        coalesce(unit_price.request, computed_cost_usd) as price_usd,
        1 as per_units
    from step
    where unit_price.request > 0 or (kind = 'tool_call' and computed_cost_usd is not null)
    union all by name
    select
        10 as place,
        'millisecond' as unit,
        duration_ms as units,
        unit_price.second as price_usd,
        1000 as per_units
    from step
    where unit_price.second > 0
)

select
    units.unit,
    units.units::double as units,
    units.price_usd::decimal(38, 9) as price_usd,
    units.per_units::bigint as per_units,
    case units.unit
        when 'request' then units.price_usd::decimal(38, 15)
        when 'millisecond' then macros.seconds_usd(units.units::double, units.price_usd)
        else macros.bucket_usd(units.units::bigint, units.price_usd)
    end as amount_usd,
    step.computed_cost_usd,
    step.reported_cost_usd,
    coalesce(
        abs(step.computed_cost_usd - step.reported_cost_usd)
        > step.reported_cost_usd::decimal(38, 9) * 0.05::decimal(3, 2), false
    ) as is_different,
    step.price_source,
    prices.source_version,
    step.price_version,
    prices.price_provider,
    prices.price_model,
    prices.price_since,
    prices.is_before_first_price,
    prices.note,
    step.started_at::date as day
from units
cross join step
left join facts.unit_prices_in_force as prices
    on step.price_model = prices.model
    and step.price_provider is not distinct from prices.provider
    and step.service_tier is not distinct from prices.service_tier
    and step.started_at::date = prices.day
    and coalesce(step.input_tokens, 0) >= prices.min_input_tokens
    and coalesce(step.input_tokens, 0) <= prices.max_input_tokens
    and macros.second_of_day(step.started_at) >= prices.from_second
    and macros.second_of_day(step.started_at) < prices.to_second
    and step.kind in ('model_call', 'retrieval')
where units.units <> 0 or units.units is null
order by units.place
