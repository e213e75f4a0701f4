-- marts.restatements: what became of the figures of closed weeks, and why, by workflow, environment and team.
-- grain: one row per closed ISO week (UTC), workflow, environment, team and figure; null: every closed week
-- difference = value_now - closed_value = the sum of the reasons, exactly: what no run explains stands under definition
-- (it is 0 as long as the SQL is that of the closing).
create or replace macro marts.restatements(wanted_week_start) as table
with counted as (
    select
        true as is_closed_value,
        *
    from facts.closed_figures
    where wanted_week_start::date is null or week_start = wanted_week_start::date
    union all by name
    select
        false as is_closed_value,
        *
    from marts.weekly_scoreboard
    where (wanted_week_start::date is null or week_start = wanted_week_start::date)
        and week_start in (select week_start from facts.week_closings)
),

figures as (
    select
        is_closed_value,
        week_start,
        workflow,
        env,
        team,
        unnest([
            { 'figure': 'runs', 'amount': runs::decimal(38, 9) },
            { 'figure': 'closed', 'amount': closed::decimal(38, 9) },
            { 'figure': 'checked', 'amount': checked::decimal(38, 9) },
            { 'figure': 'completions_verified', 'amount': completions_verified::decimal(38, 9) },
            { 'figure': 'completions_declared', 'amount': completions_declared::decimal(38, 9) },
            { 'figure': 'silent_failures', 'amount': silent_failures::decimal(38, 9) },
            { 'figure': 'escalated', 'amount': escalated::decimal(38, 9) },
            { 'figure': 'tool_calls', 'amount': tool_calls::decimal(38, 9) },
            { 'figure': 'priced', 'amount': priced::decimal(38, 9) },
            { 'figure': 'unpriced_calls', 'amount': unpriced_calls::decimal(38, 9) },
            { 'figure': 'usage_missing_calls', 'amount': usage_missing_calls::decimal(38, 9) },
            { 'figure': 'unpriced_costs', 'amount': unpriced_costs::decimal(38, 9) },
            { 'figure': 'cost_usd', 'amount': cost_usd::decimal(38, 9) },
            { 'figure': 'priced_cost_usd', 'amount': priced_cost_usd::decimal(38, 9) },
            { 'figure': 'priced_completions', 'amount': priced_completions::decimal(38, 9) }
        ], recursive := true)
    from counted
),

compared as (
    select
        week_start,
        workflow,
        env,
        team,
        figure,
        coalesce(sum(amount) filter (where is_closed_value), 0) as closed_value,
        coalesce(sum(amount) filter (where not is_closed_value), 0) as value_now
    from figures
    group by all
),

explained as (
    select
        week_start,
        workflow,
        env,
        team,
        figure,
        coalesce(sum(difference) filter (where reason = 'late_runs'), 0) as late_runs,
        coalesce(sum(difference) filter (where reason = 'late_steps'), 0) as late_steps,
        coalesce(sum(difference) filter (where reason = 'late_ends'), 0) as late_ends,
        coalesce(sum(difference) filter (where reason = 'late_checks'), 0) as late_checks,
        coalesce(sum(difference) filter (where reason = 'reversals'), 0) as reversals,
        coalesce(sum(difference) filter (where reason = 'late_costs'), 0) as late_costs,
        coalesce(sum(difference) filter (where reason = 'repricing'), 0) as repricing,
        coalesce(sum(difference) filter (where reason <> 'definition'), 0) as explained
    from marts.restated_runs(wanted_week_start)
    group by all
)

select
    compared.*,
    value_now - closed_value as difference,
    coalesce(late_runs, 0) as late_runs,
    coalesce(late_steps, 0) as late_steps,
    coalesce(late_ends, 0) as late_ends,
    coalesce(late_checks, 0) as late_checks,
    coalesce(reversals, 0) as reversals,
    coalesce(late_costs, 0) as late_costs,
    coalesce(repricing, 0) as repricing,
    value_now - closed_value - coalesce(explained.explained, 0) as definition
from compared
left join explained
    on compared.week_start = explained.week_start
    and compared.figure = explained.figure
    and compared.workflow is not distinct from explained.workflow
    and compared.env is not distinct from explained.env
    and compared.team is not distinct from explained.team
