-- The periods that Economics can show, the one that it does first: what was asked for, else the last four complete weeks.
-- grain: one row per period: asked (where one was), weeks_4, weeks_8, month_to_date, last_month
-- param from timestamp default null: first day asked for, UTC
-- param to timestamp default null: the day after the last one asked for, UTC
-- param now timestamp default null: the moment that counts as now, in UTC; default the clock
-- Complete: up to the last ISO week that has a run and is over. previous_*: the period before, of the same length and on
-- the same weekdays. Days are both included. is_running: more may still come.
with moments as (
    select
        macros.utc_now($now) as moment,
        least(macros.week_start(macros.utc_now($now)), macros.week_start(max(week_start) + 7)) as weeks_end,
        least(macros.utc_now($now), max(week_start) + interval 7 day - interval 1 second) as newest
    from marts.weeks
    having max(week_start) is not null
),

periods as (
    select
        unnest([
            {
                'place': 1, 'period': 'asked',
                'first_day': coalesce($from::timestamp, $to::timestamp - interval 28 day)::date,
                'last_day': (coalesce($to::timestamp, $from::timestamp + interval 28 day) - interval 1 day)::date
            },
            {
                'place': 2, 'period': 'weeks_4',
                'first_day': (weeks_end - interval 28 day)::date, 'last_day': (weeks_end - interval 1 day)::date
            },
            {
                'place': 3, 'period': 'weeks_8',
                'first_day': (weeks_end - interval 56 day)::date, 'last_day': (weeks_end - interval 1 day)::date
            },
            {
                'place': 4, 'period': 'month_to_date',
                'first_day': date_trunc('month', newest)::date, 'last_day': newest::date
            },
            {
                'place': 5, 'period': 'last_month',
                'first_day': (date_trunc('month', newest) - interval 1 month)::date,
                'last_day': (date_trunc('month', newest) - interval 1 day)::date
            }
        ], recursive := true),
        moment
    from moments
)

select
    period,
    first_day,
    last_day,
    macros.previous_start(first_day, last_day + 1)::date as previous_first_day,
    (macros.previous_start(first_day, last_day + 1)::date + (last_day - first_day)::integer)::date
        as previous_last_day,
    moment < last_day + interval 1 day as is_running
from periods
where first_day <= last_day
order by place
