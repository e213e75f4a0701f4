-- In force 1: whether schema prices has rows that the prices and rates in force do not rest on yet.
-- grain: one row
with rows_now as (
    select
        (select count(*) from prices.unit_prices) + (select count(*) from prices.rates)
        + (select count(*) from prices.versions) as price_rows
)

select coalesce(bool_and(taken.price_rows <> rows_now.price_rows), true) as is_changed
from rows_now
left join rollup.prices_taken as taken on true
