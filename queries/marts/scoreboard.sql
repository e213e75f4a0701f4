-- marts.scoreboard: the scoreboard of eight weeks up to the one that starts at `last_week_start`, for one choice of
-- workflow, environment and team (null: all). Closed weeks as they were closed.
-- grain: one row per week and workflow, and one per week over all of them (is_total)
-- Durations are those of the last two of these weeks: the earlier six are not compared with.
-- Shares with Wilson intervals over closed runs (completion, escalation) or checked runs (silent failures); null under 20.
create or replace macro marts.scoreboard(last_week_start, wanted_workflow, wanted_env, wanted_team) as table
with summed as (
    select
        week_start,
        workflow,
        grouping(workflow) = 1 as is_total,
        sum(runs)::bigint as runs,
        sum(closed)::bigint as closed,
        sum(abandoned)::bigint as abandoned,
        sum(checked)::bigint as checked,
        sum(priced)::bigint as priced,
        sum(completions_verified)::bigint as completions_verified,
        sum(completions_declared)::bigint as completions_declared,
        sum(escalated)::bigint as escalated,
        sum(silent_failures)::bigint as silent_failures,
        sum(tool_calls)::bigint as tool_calls,
        sum(tool_calls_squares)::bigint as tool_calls_squares,
        sum(unpriced_calls)::bigint as unpriced_calls,
        sum(usage_missing_calls)::bigint as usage_missing_calls,
        sum(unpriced_costs)::bigint as unpriced_costs,
        sum(cost_usd) as cost_usd,
        sum(priced_cost_usd) as priced_cost_usd,
        sum(priced_cost_usd)::double as priced_cost,
        sum(priced_completions)::bigint as priced_completions,
        sum(priced_cost_squares) as priced_cost_squares,
        coalesce(sum(cost_of_completions), 0) as cost_of_completions,
        flatten(list(durations_ms) filter (where week_start >= last_week_start - interval 7 day)) as durations_ms
    from marts.weekly_shown
    where week_start between last_week_start - interval 49 day and last_week_start
        and macros.matches(workflow, wanted_workflow)
        and macros.matches(env, wanted_env)
        and macros.matches(team, wanted_team)
    group by grouping sets ((week_start, workflow), (week_start))
),

valued as (
    select
        *,
        completions_verified + completions_declared as completions,
        case when priced >= 20 then macros.money_per(priced_cost_usd, priced_completions) end
            as cost_per_completion_usd,
        macros.ratio_log_error(
            priced_cost, priced_cost_squares, priced_completions, cost_of_completions, priced
        ) as cost_log_error,
        coalesce(len(durations_ms), 0) as durations
    from summed
)

select
    * exclude (durations_ms, cost_log_error),
    macros.share(completions, closed) as completion_share,
    macros.wilson_low(completions, closed) as completion_low,
    macros.wilson_high(completions, closed) as completion_high,
    macros.share(escalated, closed) as escalation_share,
    macros.wilson_low(escalated, closed) as escalation_low,
    macros.wilson_high(escalated, closed) as escalation_high,
    macros.share(silent_failures, checked) as silent_failure_share,
    macros.wilson_low(silent_failures, checked) as silent_failure_low,
    macros.wilson_high(silent_failures, checked) as silent_failure_high,
    macros.share(tool_calls, runs) as tool_calls_per_run,
    macros.mean_low(tool_calls, tool_calls_squares, runs) as tool_calls_per_run_low,
    macros.mean_high(tool_calls, tool_calls_squares, runs) as tool_calls_per_run_high,
    cost_per_completion_usd::double * exp(-1.959963984540054 * cost_log_error) as cost_per_completion_low,
    cost_per_completion_usd::double * exp(1.959963984540054 * cost_log_error) as cost_per_completion_high,
    case when durations >= 20 then list_aggregate(durations_ms, 'quantile_cont', 0.5) end as duration_ms_p50,
    case when durations >= 59 then list_aggregate(durations_ms, 'quantile_cont', 0.95) end as duration_ms_p95
from valued
