-- marts.week_usage: what the priced runs of a week and of the one before used of each model, bucket by bucket.
-- grain: one row per workflow, provider, model and bucket: input (uncached), cache_read, cache_write, output, other
-- other: what is billed per request or second, and costs that were only reported; its tokens are all of the model's.
-- Models whose tokens nobody told are not here: their money has no price per token.
-- bucket_tokens: of all models; model_share: the model's part of them; price: USD per token. What a week does not know (the
-- price of a model that it did not use) is taken as in the other week, so that only the change of use counts.
create or replace macro marts.week_usage(last_week_start, wanted_workflow, wanted_env, wanted_team) as table
with priced as (
    select
        run_id,
        workflow,
        week_start = last_week_start::date as is_now
    from facts.runs
    where week_start in (last_week_start::date, last_week_start::date - 7)
        and is_priced
        and macros.matches(workflow, wanted_workflow)
        and macros.matches(env, wanted_env)
        and macros.matches(team, wanted_team)
),

used as (
    select
        priced.workflow,
        priced.is_now,
        models.provider,
        models.model,
        coalesce(sum(models.uncached_input_tokens), 0)::double as input_tokens,
        coalesce(sum(models.cache_read_tokens), 0)::double as cache_read_tokens,
        coalesce(sum(models.cache_write_tokens), 0)::double as cache_write_tokens,
        coalesce(sum(models.output_tokens), 0)::double as output_tokens,
        coalesce(sum(models.input_cost_usd), 0)::double as input_cost,
        coalesce(sum(models.cache_read_cost_usd), 0)::double as cache_read_cost,
        coalesce(sum(models.cache_write_cost_usd), 0)::double as cache_write_cost,
        coalesce(sum(models.output_cost_usd), 0)::double as output_cost,
        coalesce(sum(models.other_cost_usd), 0)::double as other_cost
    from facts.run_models as models
    inner join priced on models.run_id = priced.run_id
    group by priced.workflow, priced.is_now, models.provider, models.model
),

totalled as (
    select
        *,
        input_tokens + cache_read_tokens + cache_write_tokens + output_tokens as tokens
    from used
),

buckets as (
    select
        workflow,
        provider,
        model,
        is_now,
        unnest([
            { 'bucket': 'input', 'tokens': input_tokens, 'cost': input_cost },
            { 'bucket': 'cache_read', 'tokens': cache_read_tokens, 'cost': cache_read_cost },
            { 'bucket': 'cache_write', 'tokens': cache_write_tokens, 'cost': cache_write_cost },
            { 'bucket': 'output', 'tokens': output_tokens, 'cost': output_cost },
            { 'bucket': 'other', 'tokens': tokens, 'cost': other_cost }
        ], recursive := true)
    from totalled
    where tokens > 0
),

paired as (
    select
        workflow,
        provider,
        model,
        bucket,
        coalesce(sum(tokens) filter (where not is_now), 0) as tokens_before,
        coalesce(sum(tokens) filter (where is_now), 0) as tokens_now,
        coalesce(sum(cost) filter (where not is_now), 0) as cost_before,
        coalesce(sum(cost) filter (where is_now), 0) as cost_now
    from buckets
    group by workflow, provider, model, bucket
),

shared as (
    select
        *,
        sum(tokens_before) over of_bucket as bucket_tokens_before,
        sum(tokens_now) over of_bucket as bucket_tokens_now
    from paired
    window of_bucket as (partition by workflow, bucket)
),

rated as (
    select
        *,
        tokens_before / nullif(bucket_tokens_before, 0) as share_before,
        tokens_now / nullif(bucket_tokens_now, 0) as share_now,
        cost_before / nullif(tokens_before, 0) as usd_before,
        cost_now / nullif(tokens_now, 0) as usd_now
    from shared
)

select
    workflow,
    provider,
    model,
    bucket,
    bucket_tokens_before,
    bucket_tokens_now,
    cost_before,
    cost_now,
    coalesce(share_before, share_now, 0) as model_share_before,
    coalesce(share_now, share_before, 0) as model_share_now,
    coalesce(usd_before, usd_now, 0) as price_before,
    coalesce(usd_now, usd_before, 0) as price_now
from rated
