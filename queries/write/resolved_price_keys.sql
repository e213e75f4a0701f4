-- The keys that have their unit prices: what the writer need not resolve again.
-- grain: one row per provider, model, service tier and day
select distinct
    provider,
    model,
    service_tier,
    day
from prices.unit_prices
