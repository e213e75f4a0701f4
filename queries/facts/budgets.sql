-- What may be spent in a calendar month (UTC), as the settings say.
-- grain: one row per budget; workflow null: everything together, also what no workflow is said of
select
    workflow,
    budget_usd_per_month
from rollup.workflows
where budget_usd_per_month is not null
