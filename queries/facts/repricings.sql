-- What each new price version changed, by model and week.
-- grain: one row per price version, provider, model and week
select * from prices.repricings
