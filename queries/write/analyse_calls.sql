-- Analyse 5: the model calls of these runs, each counted once: what they served, and what their cost is made of.
-- grain: one row per counted model call
-- served_kind: what was done next and before the run's next model call; answer where nothing was.
-- The parts of a cost are differences of rounded running totals: they add up to the cost exactly, each is off by less than
-- two billionths, and one without tokens is 0. A cost that was only reported is all in other_cost_usd.
-- *_usd_per_mtok: the one price that all tokens of the part have; null where there are several, or none is known.
create or replace temp table analysed_calls as
with ordered as (
    select
        trace_id,
        step_id,
        lead(kind) over (partition by run_id order by started_at, said_order, trace_id, step_id) as next_kind
    from analysed_steps
    where is_step and kind in ('model_call', 'tool_call', 'retrieval', 'approval', 'escalation')
),

exact as (
    select
        steps.*,
        case when ordered.next_kind <> 'model_call' then ordered.next_kind else 'answer' end as served_kind,
        macros.bucket_usd(steps.buckets.cache_read, steps.unit_price.cache_read) as exact_cache_read,
        macros.bucket_usd(steps.buckets.cache_write, steps.unit_price.cache_write)
        + macros.bucket_usd(steps.buckets.cache_write_1h, steps.unit_price.cache_write_1h) as exact_cache_write,
        macros.bucket_usd(steps.buckets.output, steps.unit_price.output)
        + macros.bucket_usd(steps.buckets.reasoning, steps.unit_price.reasoning)
        + macros.bucket_usd(steps.buckets.audio_output, steps.unit_price.audio_output) as exact_output,
        macros.bucket_usd(steps.buckets.input, steps.unit_price.input)
        + macros.bucket_usd(steps.buckets.audio_input, steps.unit_price.audio_input) as exact_input
    from analysed_steps as steps
    inner join ordered on steps.trace_id = ordered.trace_id and steps.step_id = ordered.step_id
    where steps.is_step and steps.kind = 'model_call'
),

totalled as (
    select
        *,
        case when computed_cost_usd is not null then exact_cache_read::decimal(38, 9) else 0 end as upto_cache_read,
        case when computed_cost_usd is not null then (exact_cache_read + exact_cache_write)::decimal(38, 9) else 0 end
            as upto_cache_write,
        case
            when computed_cost_usd is not null
                then (exact_cache_read + exact_cache_write + exact_output)::decimal(38, 9)
            else 0
        end as upto_output,
        case
            when computed_cost_usd is not null
                then (exact_cache_read + exact_cache_write + exact_output + exact_input)::decimal(38, 9)
            else 0
        end as upto_input
    from exact
)

select
    run_id,
    trace_id,
    step_id,
    step_key,
    said_agent as agent,
    provider,
    model,
    served_kind,
    started_at::date as day,
    started_at,
    ended_at,
    said_order,
    status,
    attempt,
    input_tokens,
    output_tokens,
    cache_read_tokens,
    cache_write_tokens,
    reasoning_tokens,
    buckets.input as uncached_tokens,
    unit_price,
    price_version,
    case when buckets.audio_input = 0 then unit_price.input end as input_usd_per_mtok,
    unit_price.cache_read as cache_read_usd_per_mtok,
    case
        when buckets.cache_write_1h = 0 then unit_price.cache_write
        when buckets.cache_write = 0 then unit_price.cache_write_1h
    end as cache_write_usd_per_mtok,
    case
        when buckets.audio_output = 0 and (buckets.reasoning = 0 or unit_price.reasoning = unit_price.output)
            then unit_price.output
    end as output_usd_per_mtok,
    case when cost_usd is not null then upto_input - upto_output end as input_cost_usd,
    case when cost_usd is not null then upto_cache_read end as cache_read_cost_usd,
    case when cost_usd is not null then upto_cache_write - upto_cache_read end as cache_write_cost_usd,
    case when cost_usd is not null then upto_output - upto_cache_write end as output_cost_usd,
    cost_usd - upto_input as other_cost_usd,
    cost_usd,
    cost_status
from totalled
