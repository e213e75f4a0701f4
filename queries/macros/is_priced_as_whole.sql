-- macros.is_priced_as_whole: whether a run's cost is what its final event said of the whole, rather than what its steps
-- add up to: no step reported any; or model calls lack their cost, and the whole is not below the sum of the others.
-- grain: one boolean per run
create or replace macro macros.is_priced_as_whole(whole_usd, steps_usd, unknown_calls) as
whole_usd is not null and (steps_usd is null or (unknown_calls > 0 and whole_usd >= steps_usd))
