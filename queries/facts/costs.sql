-- Money that no model call carries: people, tools, infrastructure.
-- grain: one row per cost event
-- amount_usd: as said (said_amount_usd), else a person's minutes at the hourly rate of that day (hourly_rate_usd, which rests
-- on price_version): that of the run's workflow, else the general one. cost_status: reported, priced, or unpriced: minutes
-- that nobody knows the price of. Money that names only an outcome is that of the run that finished it.
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
    left join rollup.run_outcomes as takers
        on case when runs.run_id is null then events.outcome_id end = takers.outcome_id and takers.takes_costs
    where takers.run_id is null
    union all by name
    select
        served.run_id,
        told.* exclude (run_id),
        facts.people_rate(told.kind, serving.workflow, told.occurred_at) as rate
    from rollup.run_outcomes as served
    inner join rollup.runs as serving on served.run_id = serving.run_id
    inner join facts.cost_events as told on served.outcome_id = told.outcome_id
    left join rollup.runs as own on told.run_id = own.run_id
    where served.takes_costs and own.run_id is null
) as costs
