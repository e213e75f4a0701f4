-- Refresh 15e: put in what they serve now, and share out what they cost: facts.allocation_rules.
-- grain: one row per run and outcome that it serves
-- Money that names an outcome is that outcome's alone; the rest is shared, so that the parts are exactly the run's cost.
insert into rollup.run_outcomes by name
with direct as (
    select
        costs.run_id,
        costs.outcome,
        costs.outcome_id,
        sum(coalesce(
            costs.amount_usd::decimal(38, 9),
            macros.minutes_usd(costs.minutes, facts.people_rate(costs.kind, runs.workflow, costs.occurred_at).usd)
        )) as direct_usd
    from told_costs as costs
    inner join rollup.runs as runs
        on macros.run_key(costs.run_id) = runs.run_key and costs.run_id = runs.run_id
    where costs.outcome_id is not null
    group by all
),

weighed as (
    select
        served.*,
        direct.direct_usd,
        coalesce(rules.weight, (
            select any_value(others.weight)
            from facts.allocation_rules as others
            where others.outcome is null
        ))::hugeint as weight
    from served_outcomes as served
    semi join touched_runs on served.run_id = touched_runs.run_id
    left join direct
        on served.run_id = direct.run_id and served.outcome_id = direct.outcome_id
        and served.outcome is not distinct from direct.outcome
    left join facts.allocation_rules as rules on served.outcome = rules.outcome
),

shared as (
    select
        weighed.*,
        sum(weighed.weight) over run as weights,
        row_number() over (run order by weighed.outcome, weighed.outcome_id) = 1 as is_first,
        -- Nothing but what names an outcome is known of the cost: the others' is unknown, not 0.
        case
            when runs.is_priced or runs.cost_usd > coalesce(sum(weighed.direct_usd) over run, 0)
                then (
                    (runs.cost_usd - coalesce(sum(weighed.direct_usd) over run, 0)) * 1000000000
                )::decimal(38, 0)::hugeint
        end as billionths
    from weighed
    inner join rollup.runs as runs on macros.run_key(weighed.run_id) = runs.run_key and weighed.run_id = runs.run_id
    window run as (partition by weighed.run_id)
),

parted as (
    select
        *,
        billionths * weight // weights as part
    from shared
)

select
    run_id,
    outcome,
    outcome_id,
    finished_at,
    is_finisher,
    is_last_of_id and is_first_kind as takes_costs,
    weight / weights as allocated_share,
    macros.plus(direct_usd, (
        part + case when is_first then billionths - sum(part) over (partition by run_id) else 0 end
    )::decimal(38, 0) * 0.000000001::decimal(9, 9)) as allocated_cost_usd
from parted
