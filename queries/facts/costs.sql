-- Money that no model call carries: people, tools, infrastructure.
-- grain: one row per cost event
-- amount_usd: as said (said_amount_usd), else a person's minutes at the hourly rate of that day (hourly_rate_usd, which rests
-- on price_version). cost_status: reported, priced, or unpriced: minutes that nobody knows the price of.
select
    costs.* replace (
        coalesce(joined.run_id, costs.run_id) as run_id,
        coalesce(
            costs.amount_usd::decimal(38, 9), macros.minutes_usd(costs.minutes, rates.usd)
        ) as amount_usd
    ),
    costs.amount_usd as said_amount_usd,
    rates.usd as hourly_rate_usd,
    rates.price_version,
    case
        when costs.amount_usd is not null then 'reported'
        when macros.minutes_usd(costs.minutes, rates.usd) is not null then 'priced'
        else 'unpriced'
    end as cost_status
from staging.costs as costs
left join rollup.run_traces as joined on costs.run_id = joined.trace_id
left join facts.rates_in_force as rates
    on costs.kind = 'human' and rates.kind = 'people'
    and costs.occurred_at::date >= rates.valid_from and costs.occurred_at::date < rates.valid_until
