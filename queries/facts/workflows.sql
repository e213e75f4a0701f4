-- Every workflow that runs or is described in the settings, and what they say of it: outcome, value, verifier, ceilings, budget.
-- grain: one row per workflow
-- All but workflow and is_described is null where nobody said it. value_usd: of one outcome, where its check says none.
-- maturity_days: within how many days after its end a run is usually checked. The settings are those of the collector that
-- started last; hourly rates are dated (facts.rates_in_force), so hourly_rate_usd says what holds now.
select
    coalesce(described.workflow, seen.workflow) as workflow,
    described.workflow is not null as is_described,
    described.* exclude (workflow)
from (
    select distinct workflow
    from rollup.runs
    where workflow is not null
) as seen
full outer join (
    select *
    from rollup.workflows
    where workflow is not null
) as described on seen.workflow = described.workflow
