-- The week's counts and sums, so that they add up over any choice of workflows, environments and teams.
-- grain: one row per ISO week (UTC), workflow, environment and team that has a run
-- Unit cost rests on runs that are priced in full (priced, priced_cost_usd, priced_completions): a run whose cost nobody
-- knows must not count as free. Durations are those of closed runs. Sums of squares and products carry the intervals.
select
    week_start,
    workflow,
    env,
    team,
    min(week) as week,
    count(*) as runs,
    count(*) filter (where is_closed) as closed,
    count(*) filter (where is_abandoned) as abandoned,
    count(*) filter (where is_checked) as checked,
    count(*) filter (where is_priced) as priced,
    count(*) filter (where is_verified_completion) as completions_verified,
    count(*) filter (where is_declared_completion) as completions_declared,
    count(*) filter (where is_escalated) as escalated,
    count(*) filter (where is_silent_failure) as silent_failures,
    sum(tool_calls) as tool_calls,
    sum(tool_calls * tool_calls) as tool_calls_squares,
    sum(unpriced_calls) as unpriced_calls,
    sum(usage_missing_calls) as usage_missing_calls,
    sum(unpriced_costs) as unpriced_costs,
    sum(cost_usd) as cost_usd,
    sum(cost_usd) filter (where is_priced) as priced_cost_usd,
    count(*) filter (where is_priced and (is_verified_completion or is_declared_completion)) as priced_completions,
    sum(cost_usd::double * cost_usd::double) filter (where is_priced) as priced_cost_squares,
    sum(cost_usd::double) filter (where is_priced and (is_verified_completion or is_declared_completion))
        as cost_of_completions,
    list(duration_ms) filter (where is_closed and duration_ms is not null) as durations_ms
from facts.runs
group by week_start, workflow, env, team
