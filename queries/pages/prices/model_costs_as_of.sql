-- What models cost by week as of a price version: old totals, worked out again from the ledger and the prices of then.
-- grain: one row per week, provider and model
-- param price_version varchar default null: a version of price_versions; null: as of now
-- param since timestamp default null: calls from this moment on; null: all
-- A call whose model, tier and day nobody had resolved at that version has no price in it.
select
    week,
    provider,
    model,
    count(*) as calls,
    count(computed_cost_usd) as priced_calls,
    try_cast(sum(input_tokens) as bigint) as input_tokens,
    try_cast(sum(output_tokens) as bigint) as output_tokens,
    sum(computed_cost_usd) as usd,
    sum(reported_cost_usd) as reported_usd,
    list_sort(list(distinct price_version) filter (where price_version is not null)) as price_versions
from facts.model_call_costs_as_of(
    $price_version::varchar, coalesce($since::timestamp, '0001-01-01'::timestamp)
)
group by week, provider, model
order by week, provider, model
