-- Analyse run_waste: put them in again, as facts.run_waste shows them. A kind gets of a step's cost what the kinds above left.
-- grain: one row per run and kind
-- Of a run that breached a ceiling the rest of its cost is in vain too, unless it completed.
insert into rollup.run_waste by name
with claimed as (
    select
        wasted.run_id,
        wasted.step_key,
        wasted.kind,
        any_value(wasted.precedence) as precedence,
        any_value(steps.step_id) as step_id,
        any_value(steps.started_at) as started_at,
        any_value(steps.said_order) as said_order,
        bool_or(steps.kind = 'model_call' and steps.cost_usd is null) as is_unpriced,
        any_value(steps.cost_usd)::decimal(38, 9) as cost_usd,
        least(sum(wasted.claimed_usd), any_value(steps.cost_usd))::decimal(38, 9) as claimed_usd,
        least(coalesce(sum(wasted.offered_usd), 0), any_value(steps.cost_usd))::decimal(38, 9) as offered_usd
    from wasted_steps as wasted
    inner join analysed_steps as steps on wasted.step_key = steps.step_key
    group by wasted.run_id, wasted.step_key, wasted.kind
),

settled as (
    select
        *,
        case
            when cost_usd is not null then greatest(0, least(offered_usd, cost_usd - coalesce(sum(offered_usd) over (
                partition by step_key order by precedence rows between unbounded preceding and 1 preceding
            ), 0)))::decimal(38, 9)
        end as net_usd
    from claimed
),

by_kind as (
    select
        run_id,
        kind,
        count(*) as steps,
        count(*) filter (where is_unpriced) as unpriced_calls,
        sum(claimed_usd) as amount_usd,
        sum(net_usd) as net_usd,
        list(step_id order by started_at, said_order, step_id)[1:20] as step_ids
    from settled
    group by run_id, kind
),

breached as (
    select
        run_id,
        count(*) as steps,
        list(step_id order by started_at, said_order, step_id)[1:20] as step_ids
    from analysed_steps
    where
        kind = 'ceiling' and is_step and (
            (details ->> '$.decision') in ('warn', 'stop')
            or try_cast(details ->> '$.observed' as double) > try_cast(details ->> '$.max' as double)
        )
    group by run_id
)

select
    *,
    macros.run_key(run_id) as run_key
from (
    from by_kind
    union all by name
    select
        breached.run_id,
        'ceiling' as kind,
        breached.steps,
        runs.unpriced_calls + runs.usage_missing_calls as unpriced_calls,
        runs.cost_usd as amount_usd,
        case
            when runs.is_verified_completion or runs.is_declared_completion then 0
            else runs.cost_usd - coalesce((
                select sum(others.net_usd) from by_kind as others
                where others.run_id = breached.run_id
            ), 0)
        end as net_usd,
        breached.step_ids
    from breached
    inner join rollup.runs as runs on breached.run_id = runs.run_id
)
