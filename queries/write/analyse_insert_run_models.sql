-- Analyse run_models: put them in again, as facts.run_models shows them.
-- grain: one row per run, agent, provider, model, kind of step served, day, cost_status and price version
-- rest: what the run's totals say and no call carries: a final event's total of the whole run, sums that only agents told.
insert into rollup.run_models by name
with called as (
    select
        run_id,
        agent,
        provider,
        model,
        served_kind,
        day,
        cost_status,
        price_version,
        count(*) as calls,
        count(*) filter (where status = 'error') as failed_calls,
        try_cast(sum(input_tokens) as bigint) as input_tokens,
        try_cast(sum(output_tokens) as bigint) as output_tokens,
        try_cast(sum(cache_read_tokens) as bigint) as cache_read_tokens,
        try_cast(sum(cache_write_tokens) as bigint) as cache_write_tokens,
        try_cast(sum(reasoning_tokens) as bigint) as reasoning_tokens,
        macros.only_one(input_usd_per_mtok) as input_usd_per_mtok,
        macros.only_one(cache_read_usd_per_mtok) as cache_read_usd_per_mtok,
        macros.only_one(cache_write_usd_per_mtok) as cache_write_usd_per_mtok,
        macros.only_one(output_usd_per_mtok) as output_usd_per_mtok,
        sum(input_cost_usd) as input_cost_usd,
        sum(cache_read_cost_usd) as cache_read_cost_usd,
        sum(cache_write_cost_usd) as cache_write_cost_usd,
        sum(output_cost_usd) as output_cost_usd,
        sum(other_cost_usd) as other_cost_usd,
        sum(cost_usd) as cost_usd
    from analysed_calls
    group by all
),

-- A final total that covers calls without a cost: they are then not unpriced.
counted as (
    select
        called.*,
        case when called.cost_status = 'unpriced' and runs.unpriced_calls > 0 then called.calls else 0 end
            as unpriced_calls,
        case when called.cost_status = 'usage_missing' and runs.usage_missing_calls > 0 then called.calls else 0 end
            as usage_missing_calls
    from called
    left join rollup.runs as runs on called.run_id = runs.run_id
),

summed as (
    select
        run_id,
        sum(input_tokens) as input_tokens,
        sum(output_tokens) as output_tokens,
        sum(cache_read_tokens) as cache_read_tokens,
        sum(cache_write_tokens) as cache_write_tokens,
        sum(reasoning_tokens) as reasoning_tokens,
        sum(unpriced_calls) as unpriced_calls,
        sum(cost_usd) as cost_usd
    from counted
    group by run_id
),

rest as (
    select
        runs.run_id,
        runs.models,
        runs.input_tokens - coalesce(summed.input_tokens, 0) as input_tokens,
        runs.output_tokens - coalesce(summed.output_tokens, 0) as output_tokens,
        runs.cache_read_tokens - coalesce(summed.cache_read_tokens, 0) as cache_read_tokens,
        runs.cache_write_tokens - coalesce(summed.cache_write_tokens, 0) as cache_write_tokens,
        runs.reasoning_tokens - coalesce(summed.reasoning_tokens, 0) as reasoning_tokens,
        runs.unpriced_calls - coalesce(summed.unpriced_calls, 0) as unpriced_calls,
        runs.cost_usd - coalesce(runs.other_cost_usd, 0) - coalesce(summed.cost_usd, 0) as cost_usd
    from rollup.runs as runs
    semi join analysed_runs on runs.run_id = analysed_runs.run_id
    left join summed on runs.run_id = summed.run_id
),

rest_rows as (
    select
        run_id,
        case when len(models) = 1 then models[1] end as model,
        case when cost_usd <> 0 then 'reported' else 'unpriced' end as cost_status,
        0 as calls,
        0 as failed_calls,
        unpriced_calls,
        0 as usage_missing_calls,
        try_cast(nullif(input_tokens, 0) as bigint) as input_tokens,
        try_cast(nullif(output_tokens, 0) as bigint) as output_tokens,
        try_cast(nullif(cache_read_tokens, 0) as bigint) as cache_read_tokens,
        try_cast(nullif(cache_write_tokens, 0) as bigint) as cache_write_tokens,
        try_cast(nullif(reasoning_tokens, 0) as bigint) as reasoning_tokens,
        case when cost_usd <> 0 then 0 end as input_cost_usd,
        case when cost_usd <> 0 then 0 end as cache_read_cost_usd,
        case when cost_usd <> 0 then 0 end as cache_write_cost_usd,
        case when cost_usd <> 0 then 0 end as output_cost_usd,
        nullif(cost_usd, 0) as other_cost_usd,
        nullif(cost_usd, 0) as cost_usd
    from rest
    where
        coalesce(cost_usd, 0) <> 0 or coalesce(input_tokens, 0) <> 0 or coalesce(output_tokens, 0) <> 0
        or unpriced_calls <> 0
)

select
    *,
    macros.run_key(run_id) as run_key
from (
    from counted
    union all by name
    from rest_rows
)
