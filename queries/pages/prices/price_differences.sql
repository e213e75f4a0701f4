-- Model calls whose reported cost differs from the computed one by more than 5 %: a contract price that is missing here, a
-- sender that prices wrong, or a price book that does. The greatest difference first.
-- grain: one row per counted model call
-- param since timestamp default null: calls from this moment on; null: all
-- param limit_rows bigint default 200: rows at most
-- difference_share: (computed - reported) / reported; null where 0 was reported.
select
    run_id,
    step_id,
    provider,
    model,
    service_tier,
    started_at,
    input_tokens,
    cache_read_tokens,
    cache_write_tokens,
    output_tokens,
    reasoning_tokens,
    reported_cost_usd,
    computed_cost_usd,
    computed_cost_usd - reported_cost_usd as difference_usd,
    case
        when reported_cost_usd > 0
            then (computed_cost_usd - reported_cost_usd)::double / reported_cost_usd::double
    end as difference_share,
    source,
    source_version,
    price_version
from facts.model_call_costs_as_of(null, coalesce($since::timestamp, '0001-01-01'::timestamp))
where is_different
order by abs(computed_cost_usd - reported_cost_usd) desc, run_id, step_id
limit $limit_rows::bigint
