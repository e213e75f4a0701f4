-- In force 2a: forget the unit prices that were in force.
-- grain: one row per row of rollup.unit_prices
delete from rollup.unit_prices
