-- marts.focus_parts: the money of the runs of a period in the parts that a charge is made of: tokens of each kind, model
-- requests, tool calls, people's time, infrastructure; and what a run's total says and no part carries (meter Other).
-- grain: one row per run, meter and what it was charged by
-- cost_usd of a run's parts adds up to its cost_usd exactly. Usage of unknown cost is no part: it has no amount.
-- unit_price_usd: per pricing_unit; where nobody knows one, or calls in the part have several, the amount is its own quantity
-- (pricing_unit USD, price 1). cost_source: computed from prices, or reported by the sender.
create or replace macro marts.focus_parts(
    started_from, started_to, wanted_workflow, wanted_env, wanted_team
) as table
with runs as (
    select *
    from marts.spend(started_from, started_to, wanted_workflow, wanted_env, wanted_team)
    where is_this
),

parts as (
    select
        run_id,
        'model' as kind,
        provider,
        model as sku,
        meter,
        consumed,
        case when meter = 'Requests' then 'Requests' else 'Tokens' end as consumed_unit,
        (case when cost_status = 'priced' then usd_per_mtok * 0.000001::decimal(7, 6) end)::decimal(21, 15)
            as unit_price_usd,
        case when cost_status = 'priced' then 'computed' else 'reported' end as cost_source,
        price_version,
        cost_usd
    from (
        select
            run_id,
            provider,
            model,
            cost_status,
            price_version,
            unnest([
                {
                    'meter': 'Input Tokens', 'consumed': uncached_input_tokens, 'usd_per_mtok': input_usd_per_mtok,
                    'cost_usd': input_cost_usd
                },
                {
                    'meter': 'Cache Read Tokens', 'consumed': cache_read_tokens,
                    'usd_per_mtok': cache_read_usd_per_mtok, 'cost_usd': cache_read_cost_usd
                },
                {
                    'meter': 'Cache Write Tokens', 'consumed': cache_write_tokens,
                    'usd_per_mtok': cache_write_usd_per_mtok, 'cost_usd': cache_write_cost_usd
                },
                {
                    'meter': 'Output Tokens', 'consumed': output_tokens, 'usd_per_mtok': output_usd_per_mtok,
                    'cost_usd': output_cost_usd
                },
                {
                    'meter': 'Requests', 'consumed': calls, 'usd_per_mtok': null::decimal(18, 9),
                    'cost_usd': other_cost_usd
                }
            ], recursive := true)
        from facts.run_models
        where run_id in (select run_id from runs)
    )
    where cost_status in ('priced', 'reported') and cost_usd is not null
        and (cost_usd <> 0 or (cost_status = 'priced' and meter <> 'Requests' and consumed > 0))
    union all
    select
        run_id,
        'tool' as kind,
        null as provider,
        tool as sku,
        'Tool Calls' as meter,
        1 as consumed,
        'Calls' as consumed_unit,
        case when cost_usd between 0 and 999999 then cost_usd end::decimal(21, 15) as unit_price_usd,
        case when cost_status = 'priced' then 'computed' else 'reported' end as cost_source,
        null as price_version,
        cost_usd
    from facts.tool_calls
    where cost_usd is not null and started_at >= started_from::timestamp and run_id in (select run_id from runs)
    union all
    select
        run_id,
        case kind when 'human' then 'people' else kind end as kind,
        null as provider,
        kind as sku,
        case kind when 'human' then 'People Time' when 'tool' then 'Tool Costs' else 'Infrastructure' end as meter,
        case when kind = 'human' then minutes end as consumed,
        case when kind = 'human' and minutes is not null then 'Minutes' end as consumed_unit,
        null as unit_price_usd,
        case when cost_status = 'priced' then 'computed' else 'reported' end as cost_source,
        price_version,
        amount_usd as cost_usd
    from facts.costs
    where amount_usd <> 0 and run_id in (select run_id from runs)
),

rests as (
    select
        runs.run_id,
        'other' as kind,
        'other' as sku,
        'Other' as meter,
        'reported' as cost_source,
        coalesce(runs.cost_usd, 0) - coalesce(sums.cost_usd, 0) as cost_usd
    from runs
    left join (
        select
            run_id,
            sum(cost_usd) as cost_usd
        from parts
        group by run_id
    ) as sums on runs.run_id = sums.run_id
)

from parts
union all by name
from rests
where cost_usd <> 0
