-- What became of a closed week's figures since it was closed: the closed value, the value now, and what each reason did.
-- grain: one row per workflow and metric that moved and reason; over all workflows with workflow null
-- param week varchar default null: the closed ISO week, like 2026-W46
-- param workflow varchar default null: one workflow, or '(none)' for runs without one; default all
-- param env varchar default null: one environment, or '(none)'; default all
-- param team varchar default null: one team, or '(none)'; default all
-- The effects of a metric add up to value_now - closed_value, exactly. Reasons of a rate take effect one after the other, in
-- the order late_runs, late_steps, late_ends, late_checks, reversals, late_costs, repricing, definition. Rates are null
-- under 20 runs, their effects then too. unit: share, number or money (USD). Spend is null where nobody knew any of it then.
with stepwise as (
    select
        case when is_total then null else coalesce(workflow, '(none)') end as workflow,
        is_total,
        place,
        reason,
        unnest([
            {
                'metric': 'completion', 'unit': 'share',
                'value_after': round(macros.share(completions, closed), 9)::decimal(38, 9)
            },
            {
                'metric': 'cost_per_completion', 'unit': 'money',
                'value_after': case
                    when priced >= 20 then macros.money_per(priced_cost_usd, priced_completions)
                end::decimal(38, 9)
            },
            {
                'metric': 'silent_failures', 'unit': 'share',
                'value_after': round(macros.share(silent_failures, checked), 9)::decimal(38, 9)
            },
            {
                'metric': 'escalated', 'unit': 'share',
                'value_after': round(macros.share(escalated, closed), 9)::decimal(38, 9)
            },
            {
                'metric': 'tool_calls_per_run', 'unit': 'number',
                'value_after': round(macros.share(tool_calls, runs), 9)::decimal(38, 9)
            },
            { 'metric': 'spend', 'unit': 'money', 'value_after': cost_usd::decimal(38, 9) },
            { 'metric': 'runs', 'unit': 'number', 'value_after': runs::decimal(38, 9) },
            { 'metric': 'closed', 'unit': 'number', 'value_after': closed::decimal(38, 9) },
            { 'metric': 'checked', 'unit': 'number', 'value_after': checked::decimal(38, 9) },
            { 'metric': 'priced', 'unit': 'number', 'value_after': priced::decimal(38, 9) }
        ], recursive := true)
    from marts.restated_values(macros.closed_week($week), $workflow, $env, $team)
),

compared as (
    select
        *,
        first_value(value_after) over steps as closed_value,
        last_value(value_after) over steps as value_now,
        value_after - lag(value_after) over (
            partition by is_total, workflow, metric
            order by place
        ) as effect
    from stepwise
    window
        steps as (
            partition by is_total, workflow, metric
            order by place rows between unbounded preceding and unbounded following
        )
),

known as (
    select
        case when grouping(workflow) = 0 then coalesce(workflow, '(none)') end as workflow,
        count(cost_usd) as costs
    from facts.closed_figures
    where week_start = macros.closed_week($week)
        and macros.matches(workflow, $workflow)
        and macros.matches(env, $env)
        and macros.matches(team, $team)
    group by grouping sets ((workflow), ())
),

told as (
    select
        compared.* replace (
            case when compared.metric <> 'spend' or coalesce(known.costs, 1) > 0 then compared.closed_value end
                as closed_value
        )
    from compared
    left join known on compared.workflow is not distinct from known.workflow
    where compared.place > 0
        and compared.effect is distinct from 0
        and compared.closed_value is distinct from compared.value_now
)

select
    workflow,
    metric,
    unit,
    reason,
    closed_value,
    value_now,
    value_now - closed_value as difference,
    effect
from told
order by is_total desc, workflow, metric, place
