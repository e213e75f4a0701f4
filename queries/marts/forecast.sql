-- marts.forecast: what a month will have cost at its end, per workflow and over all, from the days before as_of_day.
-- grain: one row per workflow with a run in the eight weeks before as_of_day, and one over all (is_total)
-- Method: what was spent on the days of the month that are over, and for each day that is left the mean of the same weekday
-- in those eight weeks (fewer where the workflow is younger). low and high: 95 %, normal, from the days' deviations from
-- their weekday's mean (pooled, days - 7 degrees of freedom) and from how well the means are known; never below what is
-- spent. Null under 14 days of history. A trend or a holiday is not in it.
create or replace macro marts.forecast(as_of_day, wanted_workflow, wanted_env, wanted_team) as table
with daily as (
    select *
    from marts.daily_spend(
        as_of_day::timestamp - interval 56 day, as_of_day, wanted_workflow, wanted_env, wanted_team
    )
),

weekdays as (
    select
        workflow,
        is_total,
        isodow(day) as weekday,
        count(*) as days,
        sum(cost_usd) as cost_usd,
        avg(cost_usd::double) as mean_cost,
        var_pop(cost_usd::double) * count(*) as squares
    from daily
    group by workflow, is_total, isodow(day)
),

days_left as (
    select
        isodow(day) as weekday,
        count(*) as days
    from (
        select unnest(range(
            as_of_day::timestamp, date_trunc('month', as_of_day::timestamp) + interval 1 month, interval 1 day
        )) as day
    )
    group by isodow(day)
),

expected as (
    select
        weekdays.workflow,
        weekdays.is_total,
        sum(weekdays.days)::bigint as history_days,
        coalesce(sum(days_left.days), 0)::bigint as days_left,
        sum(macros.money_per(weekdays.cost_usd, weekdays.days) * coalesce(days_left.days, 0)::decimal(9, 0))
            as rest_usd,
        sum(weekdays.squares) / nullif(sum(weekdays.days) - 7, 0)
        * (coalesce(sum(days_left.days), 0) + coalesce(sum(days_left.days * days_left.days / weekdays.days), 0))
            as variance
    from weekdays
    left join days_left on weekdays.weekday = days_left.weekday
    group by weekdays.workflow, weekdays.is_total
),

spent as (
    select
        workflow,
        is_total,
        coalesce(sum(cost_usd) filter (where day >= date_trunc('month', as_of_day::timestamp)), 0) as cost_usd
    from daily
    group by workflow, is_total
)

select
    spent.workflow,
    spent.is_total,
    expected.history_days,
    expected.days_left,
    spent.cost_usd as spent_usd,
    case when expected.history_days >= 14 then spent.cost_usd + expected.rest_usd end as forecast_usd,
    case
        when expected.history_days >= 14
            then greatest(
                spent.cost_usd::double,
                (spent.cost_usd + expected.rest_usd)::double - 1.959963984540054 * sqrt(expected.variance)
            )
    end as forecast_low,
    case
        when expected.history_days >= 14
            then (spent.cost_usd + expected.rest_usd)::double + 1.959963984540054 * sqrt(expected.variance)
    end as forecast_high
from spent
inner join expected
    on spent.is_total = expected.is_total and spent.workflow is not distinct from expected.workflow
