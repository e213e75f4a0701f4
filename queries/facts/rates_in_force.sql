-- What tools and people's time cost, as the user's own settings say, each for the days on which it holds.
-- grain: one row per price version, kind, name and span of days
-- A call of a tool, its failed ones too, costs what the user says of it, else what its sender reported:
--     left join facts.rates_in_force as rates
--         on steps.name = rates.name and rates.kind = 'tool'
--         and steps.started_at::date >= rates.valid_from and steps.started_at::date < rates.valid_until
-- and then coalesce(rates.usd, steps.reported_cost_usd). People's minutes: facts.costs has their amount.
select * from rollup.rates
