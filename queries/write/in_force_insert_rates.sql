-- In force 3b: the rates that hold now.
-- grain: one row per price version, kind, name and span of days
insert into rollup.rates by name
select * from facts.rates_as_of(null)
