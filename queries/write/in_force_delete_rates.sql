-- In force 3a: forget the rates that were in force.
-- grain: one row per row of rollup.rates
delete from rollup.rates
