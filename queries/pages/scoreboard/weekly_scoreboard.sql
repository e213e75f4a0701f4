-- The scoreboard of one week: a row per workflow, with the week before and the eight weeks up to it.
-- grain: one row per workflow with a run in the week
-- param week varchar default null: ISO week like 2026-W46; default the last complete week
-- param workflow varchar default null: one workflow, or '(none)' for runs without one; default all
-- param env varchar default null: one environment, or '(none)'; default all
-- param team varchar default null: one team, or '(none)'; default all
-- param now timestamp default null: the moment that counts as now, in UTC; default the clock
-- Shares are null under 20 runs (counts are not), p95 under 59 durations (`durations`: closed runs whose duration is known). History is null where a week has too few runs.
with asked as (
    select macros.asked_week($week, $now) as week_start
),

board as (
    select scoreboard.*
    from marts.scoreboard((select week_start from asked), $workflow, $env, $team) as scoreboard
    where not scoreboard.is_total
),

histories as (
    select
        names.workflow,
        list(board.completion_share order by weeks.number desc) as completion_history,
        list(board.cost_per_completion_usd::double order by weeks.number desc) as cost_history
    from (select distinct workflow from board) as names
    cross join range(8) as weeks (number)
    left join board
        on names.workflow is not distinct from board.workflow
        and board.week_start = (select week_start - weeks.number::integer * 7 from asked)
    group by names.workflow
)

select
    macros.iso_week(this.week_start) as week,
    this.week_start,
    this.week_start + 6 as week_end,
    macros.utc_now($now) >= this.week_start + interval 7 day as is_complete,
    coalesce(this.workflow, '(none)') as workflow,
    this.runs,
    this.closed,
    this.abandoned,
    this.checked,
    this.priced,
    this.completions_verified,
    this.completions_declared,
    this.completion_share,
    this.completion_low,
    this.completion_high,
    this.cost_usd,
    this.cost_per_completion_usd,
    this.cost_per_completion_low,
    this.cost_per_completion_high,
    this.priced_completions,
    this.tool_calls_per_run,
    this.tool_calls_per_run_low,
    this.tool_calls_per_run_high,
    this.escalated,
    this.escalation_share,
    this.escalation_low,
    this.escalation_high,
    this.silent_failures,
    this.silent_failure_share,
    this.silent_failure_low,
    this.silent_failure_high,
    this.duration_ms_p50,
    this.duration_ms_p95,
    this.durations,
    this.unpriced_calls,
    this.usage_missing_calls,
    this.unpriced_costs,
    previous.completion_share as previous_completion_share,
    previous.cost_per_completion_usd as previous_cost_per_completion_usd,
    previous.silent_failure_share as previous_silent_failure_share,
    previous.escalation_share as previous_escalation_share,
    previous.tool_calls_per_run as previous_tool_calls_per_run,
    previous.duration_ms_p50 as previous_duration_ms_p50,
    previous.duration_ms_p95 as previous_duration_ms_p95,
    previous.durations as previous_durations,
    previous.runs as previous_runs,
    histories.completion_history,
    histories.cost_history
from board as this
inner join asked on this.week_start = asked.week_start
left join board as previous
    on this.workflow is not distinct from previous.workflow and previous.week_start = this.week_start - 7
left join histories on this.workflow is not distinct from histories.workflow
order by this.runs desc, workflow
