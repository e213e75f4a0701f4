-- Which run serves which outcome, and what of its cost is that outcome's.
-- grain: one row per run and outcome that it serves
-- A run that names no outcome is its own (is_own): outcome_id is then its run_id. is_finisher: the last run that served it.
-- takes_costs: money that names only this id is this run's.
-- allocated_cost_usd of a run's outcomes is exactly its cost_usd (facts.allocation_rules); null is unknown.
select
    run_id,
    outcome,
    outcome_id,
    false as is_own,
    allocated_share,
    allocated_cost_usd,
    is_finisher,
    takes_costs
from rollup.run_outcomes
union all
select
    run_id,
    outcome,
    run_id as outcome_id,
    true as is_own,
    1 as allocated_share,
    cost_usd as allocated_cost_usd,
    true as is_finisher,
    false as takes_costs
from rollup.runs
where not serves_named
