-- Say what the settings say of a workflow (null: of all of them together).
-- grain: one row
insert into rollup.workflows by name
select
    $workflow::varchar as workflow,
    $outcome::varchar as outcome,
    $value_usd::decimal(18, 9) as value_usd,
    $verified_by::varchar as verified_by,
    $hourly_rate_usd::decimal(18, 9) as hourly_rate_usd,
    $maturity_days::double as maturity_days,
    $max_tool_calls::bigint as max_tool_calls,
    $max_duration_s::double as max_duration_s,
    $max_retries::bigint as max_retries,
    $max_cost_usd::decimal(18, 9) as max_cost_usd,
    $budget_usd_per_month::decimal(18, 9) as budget_usd_per_month
