-- In force 4b: say what they rest on.
-- grain: one row
insert into rollup.prices_taken by name
select (
    (select count(*) from prices.unit_prices) + (select count(*) from prices.rates)
    + (select count(*) from prices.versions)
) as price_rows
