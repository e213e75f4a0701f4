-- Analyse 3: every step of these runs, with the run that it belongs to, whether it counts, and what it cost.
-- grain: one row per step: (trace_id, step_id); a run of several traces may have a step id twice. step_key stands for both
-- As facts.steps_of has them, for many runs at once. buckets and unit_price: what a priced model call's cost is made of.
-- said_agent: who did the step: as it says, else the agent that it hangs on, else the run's.
create or replace temp table analysed_steps as
with traces as (
    select unnest(totals.trace_ids) as trace_id
    from rollup.step_totals as totals
    semi join analysed_runs on totals.run_id = analysed_runs.run_id
    union
    select joined.trace_id
    from rollup.run_traces as joined
    semi join analysed_runs on joined.run_id = analysed_runs.run_id
    union
    select splits.trace_id
    from rollup.run_splits as splits
    semi join analysed_runs on splits.run_id = analysed_runs.run_id
    union
    select run_id as trace_id from analysed_runs
),

joined as (
    select run_traces.* from rollup.run_traces as run_traces
    semi join traces on run_traces.trace_id = traces.trace_id
),

splits as (
    select run_splits.* from rollup.run_splits as run_splits
    semi join traces on run_splits.trace_id = traces.trace_id
),

twins as (
    select all_twins.* from rollup.twins as all_twins
    semi join analysed_runs on all_twins.run_id = analysed_runs.run_id
),

fills as (
    select all_fills.* from rollup.fills as all_fills
    semi join analysed_runs on all_fills.run_id = analysed_runs.run_id
),

told as (
    select
        steps.* exclude (attributes, events, links, span_extra, field_sources) replace (
            coalesce(splits.run_id, joined.run_id, steps.run_id) as run_id,
            hash(steps.run_id, steps.step_id) as step_key,
            coalesce(steps.model, fills.model) as model,
            macros.status_of_reports(steps.status, fills.is_error) as status,
            coalesce(steps.input_tokens, fills.input_tokens) as input_tokens,
            coalesce(steps.output_tokens, fills.output_tokens) as output_tokens,
            coalesce(steps.cache_read_tokens, fills.cache_read_tokens) as cache_read_tokens,
            coalesce(steps.cache_write_tokens, fills.cache_write_tokens) as cache_write_tokens,
            coalesce(steps.cache_write_1h_tokens, fills.cache_write_1h_tokens) as cache_write_1h_tokens,
            coalesce(steps.audio_input_tokens, fills.audio_input_tokens) as audio_input_tokens,
            coalesce(steps.audio_output_tokens, fills.audio_output_tokens) as audio_output_tokens,
            coalesce(steps.reasoning_tokens, fills.reasoning_tokens) as reasoning_tokens,
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
    semi join analysed_batches on steps.batch_id = analysed_batches.batch_id
    semi join traces on steps.run_id = traces.trace_id
    left join joined on steps.run_id = joined.trace_id
    left join splits on steps.run_id = splits.trace_id and steps.step_id = splits.step_id
    left join twins on steps.run_id = twins.trace_id and steps.step_id = twins.step_id
    left join fills on steps.run_id = fills.trace_id and steps.step_id = fills.step_id
),

bucketed as (
    select
        told.*,
        case when told.kind in ('model_call', 'retrieval') then macros.call_buckets(
            told.input_tokens, told.cache_read_tokens, told.cache_write_tokens, told.cache_write_1h_tokens,
            told.output_tokens, told.reasoning_tokens, told.audio_input_tokens, told.audio_output_tokens
        ) end as buckets
    from told
    semi join analysed_runs on told.run_id = analysed_runs.run_id
),

priced as (
    select
        bucketed.*,
        coalesce(
            rates.usd, macros.buckets_cost_usd(bucketed.buckets, bucketed.duration_ms, prices.unit_price)
        ) as computed_cost_usd,
        coalesce(prices.price_version, rates.price_version) as price_version,
        prices.unit_price
    from bucketed
    left join facts.unit_prices_in_force as prices
        on bucketed.price_model = prices.model
        and bucketed.price_provider is not distinct from prices.provider
        and bucketed.price_tier is not distinct from prices.service_tier
        and bucketed.started_at::date = prices.day
        and coalesce(bucketed.input_tokens, 0) >= prices.min_input_tokens
        and coalesce(bucketed.input_tokens, 0) <= prices.max_input_tokens
        and macros.second_of_day(bucketed.started_at) >= prices.from_second
        and macros.second_of_day(bucketed.started_at) < prices.to_second
        and bucketed.counted_as is null and bucketed.kind in ('model_call', 'retrieval')
    left join facts.rates_in_force as rates
        on bucketed.name = rates.name
        and bucketed.started_at::date >= rates.valid_from and bucketed.started_at::date < rates.valid_until
        and bucketed.counted_as is null and bucketed.kind = 'tool_call' and rates.kind = 'tool'
)

select
    priced.*,
    priced.kind <> 'plumbing' and priced.counted_as is null as is_step,
    case when priced.counted_as is null then coalesce(priced.computed_cost_usd, priced.reported_cost_usd) end
        as cost_usd,
    case
        when priced.counted_as is not null then null
        when priced.kind = 'model_call'
            then macros.call_cost_status(
                priced.computed_cost_usd, priced.reported_cost_usd, priced.input_tokens, priced.output_tokens
            )
        when priced.computed_cost_usd is not null then 'priced'
        when priced.reported_cost_usd is not null then 'reported'
    end as cost_status,
    coalesce(priced.agent, parents.agent, runs.agent) as said_agent
from priced
left join priced as parents on priced.trace_id = parents.trace_id and priced.parent_step_id = parents.step_id
left join rollup.runs as runs on priced.run_id = runs.run_id
