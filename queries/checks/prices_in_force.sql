-- The prices and rates that reads rest on are those that hold, as schema prices says them.
-- grain: one row per price or rate that is in force and not among them, or among them and not in force
with holding as (
    select
        price_version,
        provider,
        model,
        service_tier,
        day,
        min_input_tokens,
        max_input_tokens,
        from_second,
        to_second,
        unit_price,
        source,
        source_version,
        price_provider,
        price_model,
        price_since,
        is_before_first_price,
        note
    from facts.unit_prices_as_of(null)
),

kept as (
    select * from facts.unit_prices_in_force
),

kept_rates as (
    select
        price_version,
        kind,
        name,
        usd,
        source,
        valid_from,
        valid_until
    from facts.rates_in_force
)

select
    'unit price' as what,
    model as name,
    day
from (
    (select * from holding
    except all
    select * from kept)
    union all
    (select * from kept
    except all
    select * from holding)
)
union all
select
    'rate' as what,
    name,
    valid_from as day
from (
    (select * from facts.rates_as_of(null)
    except all
    select * from kept_rates)
    union all
    (select * from kept_rates
    except all
    select * from facts.rates_as_of(null))
)
