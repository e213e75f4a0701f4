-- rollup.workflows: what the settings of the collector say of workflows, for views to rest on. Written anew at each start.
-- grain: one row per workflow described; workflow null: all of them together
create table if not exists rollup.workflows (
    workflow varchar,
    outcome varchar,
    value_usd decimal(18, 9),
    verified_by varchar,
    hourly_rate_usd decimal(18, 9),
    maturity_days double,
    max_tool_calls bigint,
    max_duration_s double,
    max_retries bigint,
    max_cost_usd decimal(18, 9),
    budget_usd_per_month decimal(18, 9)
);
