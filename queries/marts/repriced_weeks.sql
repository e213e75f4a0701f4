-- marts.repriced_weeks: what each new price version changed in a week's estimate of a model, beside what it is now.
-- grain: one row per price version, week, provider and model
-- week_usd: the estimate of the days from since_day on: what the change is spread over.
create or replace macro marts.repriced_weeks() as table
select
    changed.week,
    lower(changed.provider) as provider,
    lower(changed.model) as model,
    changed.since_day,
    changed.repriced_at,
    (coalesce(changed.usd_after, 0) - coalesce(changed.usd_before, 0))::decimal(38, 9) as change_usd,
    sum(called.estimated_usd)::decimal(38, 9) as week_usd
from facts.repricings as changed
inner join marts.called_days(null, null) as called
    on changed.week = macros.iso_week(called.day)
    and lower(changed.provider) = called.provider
    and lower(changed.model) = called.model
    and changed.since_day <= called.day
group by all
