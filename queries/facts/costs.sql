-- Money that no model call carries: people, tools, infrastructure.
-- grain: one row per cost event
select * from staging.costs
