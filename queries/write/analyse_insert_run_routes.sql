-- Analyse run_routes: put them in again, as facts.run_routes shows them.
-- grain: one row per run with a model call that names its model
insert into rollup.run_routes by name
with named as (
    select
        *,
        unit_price.input * 3 + unit_price.output as blended_usd_per_4_mtok
    from analysed_calls
    where
        model is not null
        and (status <> 'error' or run_id not in (
            select well.run_id from analysed_calls as well
            where well.status <> 'error' and well.model is not null
        ))
),

compared as (
    select
        *,
        lag(blended_usd_per_4_mtok ignore nulls) over by_agent as last_price,
        min(blended_usd_per_4_mtok) over (
            partition by run_id, agent order by started_at, said_order, step_key
            rows between unbounded preceding and 1 preceding
        ) as least_price
    from named
    window by_agent as (partition by run_id, agent order by started_at, said_order, step_key)
)

select
    run_id,
    macros.run_key(run_id) as run_key,
    arg_min(model, create_sort_key(started_at, 'asc nulls last', said_order, 'asc nulls last')) as entry_model,
    list_aggregate(list_sort(list(distinct model)), 'string_agg', ' + ') as route,
    count(distinct model) as models,
    count(*) as calls,
    count(*) filter (where blended_usd_per_4_mtok is null) as unknown_price_calls,
    count(*) filter (where blended_usd_per_4_mtok > last_price) as model_escalations,
    count(*) filter (where blended_usd_per_4_mtok > least_price) as escalated_calls,
    sum(cost_usd) filter (where blended_usd_per_4_mtok > least_price) as escalated_cost_usd,
    arg_min(step_id, create_sort_key(started_at, 'asc nulls last', said_order, 'asc nulls last'))
        filter (where blended_usd_per_4_mtok > least_price) as escalated_step_id
from compared
group by run_id
