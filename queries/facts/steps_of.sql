-- facts.steps_of: the steps of one run, each call counted once, with what it cost.
-- grain: one row per step of the run
-- Reads only the batches that brought them. counted_as: the step that counts this call in its place, '' where it adds up
-- several; null: it counts itself. Money is on the counted report of a call, filled in by the others.
-- cost_status: as facts.model_calls has it; of other kinds 'reported' where the sender said an amount; else null.
create or replace macro facts.steps_of(wanted_run_id) as table
with wanted as materialized (
    select
        step_batch_ids,
        trace_ids
    from rollup.step_totals
    where run_key = macros.run_key(wanted_run_id) and run_id = wanted_run_id
),

traces as (
    select unnest(trace_ids) as trace_id from wanted
    union all
    select wanted_run_id as trace_id
),

twins as (
    select * from rollup.twins
    where run_id = wanted_run_id
),

fills as (
    select * from rollup.fills
    where run_id = wanted_run_id
),

joined as (
    select * from rollup.run_traces
    where run_id = wanted_run_id
),

told as (
    select
        steps.* replace (
            wanted_run_id as run_id,
            coalesce(steps.model, fills.model) as model,
            macros.status_of_reports(steps.status, fills.is_error) as status,
            coalesce(steps.input_tokens, fills.input_tokens) as input_tokens,
            coalesce(steps.output_tokens, fills.output_tokens) as output_tokens,
            coalesce(steps.cache_read_tokens, fills.cache_read_tokens) as cache_read_tokens,
            coalesce(steps.cache_write_tokens, fills.cache_write_tokens) as cache_write_tokens,
            coalesce(steps.cache_write_1h_tokens, fills.cache_write_1h_tokens) as cache_write_1h_tokens,
            coalesce(steps.reasoning_tokens, fills.reasoning_tokens) as reasoning_tokens,
            coalesce(steps.audio_input_tokens, fills.audio_input_tokens) as audio_input_tokens,
            coalesce(steps.audio_output_tokens, fills.audio_output_tokens) as audio_output_tokens,
            coalesce(steps.reported_cost_usd, fills.reported_cost_usd) as reported_cost_usd,
            coalesce(steps.service_tier, fills.service_tier) as service_tier,
            coalesce(steps.provider, fills.provider) as provider
        ),
        steps.run_id as trace_id,
        case when twins.step_id is not null then coalesce(twins.counted_step_id, '') end as counted_as,
        macros.of_better_price(
            steps.model, steps.service_tier, steps.provider, fills.price_tier, fills.price_provider
        ) as price_provider,
        macros.of_better_price(
            steps.model, steps.service_tier, steps.model, fills.price_tier, fills.price_model
        ) as price_model,
        macros.of_better_price(
            steps.model, steps.service_tier, steps.service_tier, fills.price_tier, fills.price_tier
        ) as price_tier
    from staging.steps as steps
    semi join (select unnest(step_batch_ids) as batch_id from wanted) as batches on steps.batch_id = batches.batch_id
    semi join traces on steps.run_id = traces.trace_id
    left join twins on steps.run_id = twins.trace_id and steps.step_id = twins.step_id
    left join fills on steps.run_id = fills.trace_id and steps.step_id = fills.step_id
    left join joined on steps.run_id = joined.trace_id
    left join rollup.run_splits as splits on steps.run_id = splits.trace_id and steps.step_id = splits.step_id
    where coalesce(splits.run_id, joined.run_id, steps.run_id) = wanted_run_id
),

priced as (
    select
        told.*,
        coalesce(
            rates.usd,
            macros.call_cost_usd(
                told.input_tokens, told.cache_read_tokens, told.cache_write_tokens, told.cache_write_1h_tokens,
                told.output_tokens, told.reasoning_tokens, told.audio_input_tokens, told.audio_output_tokens,
                told.duration_ms, prices.unit_price
            )
        ) as computed_cost_usd,
        coalesce(prices.price_version, rates.price_version) as price_version,
        coalesce(prices.source, rates.source) as price_source,
        prices.unit_price
    from told
    left join facts.unit_prices_in_force as prices
        on told.price_model = prices.model
        and told.price_provider is not distinct from prices.provider
        and told.price_tier is not distinct from prices.service_tier
        and told.started_at::date = prices.day
        and coalesce(told.input_tokens, 0) >= prices.min_input_tokens
        and coalesce(told.input_tokens, 0) <= prices.max_input_tokens
        and macros.second_of_day(told.started_at) >= prices.from_second
        and macros.second_of_day(told.started_at) < prices.to_second
        and told.counted_as is null and told.kind in ('model_call', 'retrieval')
    left join facts.rates_in_force as rates
        on told.name = rates.name
        and told.started_at::date >= rates.valid_from and told.started_at::date < rates.valid_until
        and told.counted_as is null and told.kind = 'tool_call' and rates.kind = 'tool'
)

select
    *,
    kind <> 'plumbing' and counted_as is null as is_step,
    case when counted_as is null then coalesce(computed_cost_usd, reported_cost_usd) end as cost_usd,
    case
        when counted_as is not null then null
        when kind = 'model_call'
            then macros.call_cost_status(computed_cost_usd, reported_cost_usd, input_tokens, output_tokens)
        when computed_cost_usd is not null then 'priced'
        when reported_cost_usd is not null then 'reported'
    end as cost_status
from priced
