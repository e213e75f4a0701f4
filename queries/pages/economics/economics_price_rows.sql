-- From the money for models to tokens times price: each kind of tokens, its price, the amount, the price's source and date.
-- grain: one row per provider, model, cost_status, price version, set of unit prices and bucket of tokens
-- param model varchar default null: one model; default all
-- param from timestamp default null: runs started at or after, UTC
-- param to timestamp default null: runs started before, UTC
-- param workflow varchar default null: one workflow, or '(none)'; default all
-- param env varchar default null: one environment, or '(none)'; default all
-- param team varchar default null: one team, or '(none)'; default all
-- cost_usd of a model adds up to its row of economics_breakdown by model. Columns: marts.price_rows.
select
    provider,
    model,
    cost_status,
    price_version,
    bucket,
    tokens,
    usd_per_mtok,
    product_usd,
    cost_usd,
    calls,
    unpriced_calls,
    first_day,
    last_day,
    source,
    source_version,
    price_model,
    price_since
from marts.price_rows($model, $from, $to, $workflow, $env, $team)
order by model, provider, first_day, price_version, cost_status, place
