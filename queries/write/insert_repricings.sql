-- What a new price version changed, by model and week: computed costs under the version before and under the new one.
-- grain: one row per provider, model and week with a model call from since_day on
insert into prices.repricings by name
with costed as (
    select
        before.provider,
        before.model,
        before.week,
        before.computed_cost_usd as usd_before,
        after.computed_cost_usd as usd_after
    from facts.model_call_costs_as_of($price_version_before, $since_day::timestamp) as before
    inner join facts.model_call_costs_as_of($price_version, $since_day::timestamp) as after
        on before.run_id = after.run_id and before.step_id = after.step_id
)

select
    $price_version::varchar as price_version,
    $price_version_before::varchar as price_version_before,
    $since_day::date as since_day,
    provider,
    model,
    week,
    count(*) as calls,
    count(usd_before) as priced_before,
    count(usd_after) as priced_after,
    sum(usd_before) as usd_before,
    sum(usd_after) as usd_after,
    $repriced_at::timestamp as repriced_at
from costed
group by provider, model, week
