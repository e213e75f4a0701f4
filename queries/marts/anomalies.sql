-- marts.anomalies: days on which a workflow spent far more than it usually does.
-- grain: one row per workflow and stretch of such days one after the other, of [started_from, started_to)
-- A day is one where its robust z, 0.6745 (x - median) / MAD over the log of a day's spend, is above 3.5, over all days with
-- spend of the period or of the eight weeks before its end, whichever is longer; at least 14 of them. MAD is at least 0.05,
-- so that a workflow whose days hardly differ is not shown for a few percent. Days below min_usd are left out.
-- usual_usd: the median day, for each of these days. impact_usd: what was spent beyond it.
create or replace macro marts.anomalies(
    started_from, started_to, min_usd, wanted_workflow, wanted_env, wanted_team
) as table
with daily as (
    select
        workflow,
        day,
        cost_usd,
        runs,
        ln(cost_usd::double) as log_cost
    from marts.daily_spend(
        least(started_from::timestamp, started_to::timestamp - interval 56 day), started_to, wanted_workflow,
        wanted_env, wanted_team
    )
    where not is_total and cost_usd > 0
),

centred as (
    select
        *,
        median(log_cost) over (partition by workflow) as centre,
        count(*) over (partition by workflow) as days
    from daily
),

scored as (
    select
        *,
        0.6745 * (log_cost - centre) / greatest(
            median(abs(log_cost - centre)) over (partition by workflow), 0.05
        ) as score
    from centred
    where days >= 14
),

flagged as (
    select
        *,
        day - (row_number() over (partition by workflow order by day))::integer as stretch
    from scored
    where score > 3.5 and cost_usd >= min_usd::double and day >= started_from::timestamp
)

select
    workflow,
    min(day) as first_day,
    max(day) as last_day,
    count(*) as days,
    sum(runs)::bigint as runs,
    sum(cost_usd) as cost_usd,
    count(*) * exp(any_value(centre)) as usual_usd,
    sum(cost_usd)::double - count(*) * exp(any_value(centre)) as impact_usd,
    max(score) as score
from flagged
group by workflow, stretch
