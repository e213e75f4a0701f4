-- The runs of a week that was just closed, as they stand now.
-- grain: one row per run of the week
insert into weeks.runs by name
select
    week_start,
    $closing::bigint as closing,
    run_id,
    workflow,
    env,
    team,
    status_shown,
    declared,
    verified,
    is_closed,
    is_checked,
    is_declared_completion,
    is_verified_completion,
    is_silent_failure,
    is_escalated,
    is_priced,
    tool_calls,
    model_calls,
    input_tokens,
    output_tokens,
    cache_read_tokens,
    cache_write_tokens,
    reasoning_tokens,
    unpriced_calls,
    usage_missing_calls,
    unpriced_costs,
    cost_usd,
    model_cost_usd,
    tool_cost_usd,
    people_cost_usd,
    infrastructure_cost_usd
from facts.runs
where week_start = $week_start::date
