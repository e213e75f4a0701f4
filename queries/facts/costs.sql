-- Money that no model call carries: people, tools, infrastructure.
-- grain: one row per cost event
-- amount_usd: as said (said_amount_usd), else a person's minutes at the hourly rate of that day (hourly_rate_usd, which rests
-- on price_version): that of the run's workflow, else the general one. cost_status: reported, priced, or unpriced: minutes
-- that nobody knows the price of.
select
    costs.* exclude (rate) replace (
        coalesce(costs.amount_usd::decimal(38, 9), macros.minutes_usd(costs.minutes, costs.rate.usd)) as amount_usd
    ),
    costs.amount_usd as said_amount_usd,
    costs.rate.usd as hourly_rate_usd,
    costs.rate.price_version,
    case
        when costs.amount_usd is not null then 'reported'
        when macros.minutes_usd(costs.minutes, costs.rate.usd) is not null then 'priced'
        else 'unpriced'
    end as cost_status
from (
    select
        events.*,
        facts.people_rate(events.kind, runs.workflow, events.occurred_at) as rate
    from facts.cost_events as events
    left join rollup.runs as runs on events.run_id = runs.run_id
) as costs
