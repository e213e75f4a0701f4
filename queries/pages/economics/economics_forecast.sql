-- The running month: spent so far, forecast to its end with an interval, and the budget; over all and by workflow.
-- grain: one row over all (is_total), and one per workflow with a run in the last eight weeks or a budget
-- param workflow varchar default null: one workflow, or '(none)'; default all
-- param env varchar default null: one environment, or '(none)'; default all
-- param team varchar default null: one team, or '(none)'; default all
-- param now timestamp default null: the moment that counts as now, in UTC; default the clock
-- Days that are over: before as_of_day, which is today, or the day after the newest run where that is earlier: days of which
-- nothing came are forecast, not taken for days without spend. Budgets are of whole workflows: none under a filter on
-- environment or team. Method: marts.forecast. is_over: the forecast is above the budget; is_surely_over: its low end is.
with asked as (
    select least(macros.utc_now($now)::date, (max(started_at)::date + 1)::date) as as_of_day
    from facts.runs
),

budgets as (
    select *
    from facts.budgets
    where $env::varchar is null and $team::varchar is null
),

forecasts as (
    select *
    from marts.forecast((select as_of_day from asked), $workflow, $env, $team)
)

select
    coalesce(forecasts.is_total, budgets.workflow is null) as is_total,
    case
        when coalesce(forecasts.is_total, budgets.workflow is null) then null
        else coalesce(forecasts.workflow, budgets.workflow, '(none)')
    end as workflow,
    date_trunc('month', asked.as_of_day)::date as month_start,
    (date_trunc('month', asked.as_of_day) + interval 1 month - interval 1 day)::date as month_end,
    asked.as_of_day,
    coalesce(forecasts.history_days, 0) as history_days,
    forecasts.days_left,
    coalesce(forecasts.spent_usd, 0)::decimal(38, 9) as spent_usd,
    forecasts.forecast_usd,
    forecasts.forecast_low,
    forecasts.forecast_high,
    budgets.budget_usd_per_month as budget_usd,
    coalesce(forecasts.spent_usd, 0)::double / nullif(budgets.budget_usd_per_month, 0)::double as budget_share,
    forecasts.forecast_usd > budgets.budget_usd_per_month as is_over,
    forecasts.forecast_low > budgets.budget_usd_per_month as is_surely_over
from forecasts
full outer join budgets
    on (forecasts.is_total and budgets.workflow is null and $workflow::varchar is null)
    or (not forecasts.is_total and forecasts.workflow = budgets.workflow)
cross join asked
where asked.as_of_day is not null
    and (forecasts.spent_usd is not null or macros.matches(budgets.workflow, $workflow))
order by is_total desc, forecasts.forecast_usd desc nulls last, workflow
