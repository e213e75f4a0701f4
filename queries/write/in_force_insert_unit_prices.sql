-- In force 2b: the unit prices that hold now.
-- grain: one row per provider, model, service_tier, day and band
insert into rollup.unit_prices by name
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
