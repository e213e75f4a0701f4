-- What the store holds of the settings' workflows, to write it only where it is another.
-- grain: one row per workflow described; workflow null: all of them together
select
    workflow,
    outcome,
    value_usd,
    verified_by,
    hourly_rate_usd,
    maturity_days,
    max_tool_calls,
    max_duration_s,
    max_retries,
    max_cost_usd,
    budget_usd_per_month
from rollup.workflows
