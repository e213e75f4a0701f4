-- marts.focus_charges: what the runs of a period cost, as charges of FOCUS (FinOps Open Cost and Usage Specification).
-- grain: one row per hour, tenant, team, env, workflow, agent, its version, outcome kind and check, provider, SKU, meter and price
-- A charge is of the hour in which its run started, as spend is everywhere here: effective_cost of any filter adds up to the
-- spend of Economics. list_cost is unit price times quantity, not rounded; effective_cost the sum of what each call costs,
-- rounded to a billionth of a dollar. A negative amount is a credit. Estimates: no invoice is known.
create or replace macro marts.focus_charges(
    started_from, started_to, wanted_workflow, wanted_env, wanted_team
) as table
with charges as (
    select
        date_trunc('hour', runs.started_at) as hour_start,
        runs.tenant,
        runs.team,
        runs.env,
        runs.workflow,
        runs.agent,
        runs.agent_version,
        coalesce(runs.outcome, workflows.outcome) as outcome_kind,
        coalesce(runs.verified, 'not checked') as outcome_status,
        parts.kind,
        parts.provider,
        coalesce(parts.sku, 'unknown') as sku,
        parts.meter,
        parts.cost_source,
        parts.price_version,
        parts.unit_price_usd,
        parts.consumed_unit,
        parts.cost_usd < 0 as is_credit,
        sum(parts.consumed)::decimal(38, 9) as consumed,
        sum(parts.cost_usd)::decimal(38, 9) as effective_cost
    from marts.focus_parts(started_from, started_to, wanted_workflow, wanted_env, wanted_team) as parts
    inner join facts.runs as runs on parts.run_id = runs.run_id
    left join facts.workflows as workflows on runs.workflow = workflows.workflow
    group by all
)

select
    * exclude (consumed, consumed_unit, unit_price_usd),
    date_trunc('month', hour_start) as month_start,
    coalesce(unit_price_usd, 1)::decimal(38, 15) as unit_price,
    case when unit_price_usd is null then effective_cost else consumed end as quantity,
    case when unit_price_usd is null then 'USD' else consumed_unit end as unit,
    case
        when unit_price_usd is null then effective_cost::decimal(38, 15)
        else (unit_price_usd * consumed::decimal(17, 0))::decimal(38, 15)
    end as list_cost,
    case when not is_credit then coalesce(consumed, effective_cost) end as consumed_quantity,
    case when not is_credit then case when consumed is null then 'USD' else consumed_unit end end as consumed_unit
from charges
