-- Refresh 12b: what the counted report of a call leaves out, its twins fill in.
-- grain: one row per counted call that has twins
-- The price is looked up by what the counted report says, unless it names no model or only another says a service tier.
update touched_steps
set
    model = coalesce(touched_steps.model, fills.model),
    status = macros.status_of_reports(touched_steps.status, fills.is_error),
    price_provider = macros.of_better_price(
        touched_steps.model, touched_steps.service_tier, touched_steps.provider,
        fills.price_tier, fills.price_provider
    ),
    price_model = macros.of_better_price(
        touched_steps.model, touched_steps.service_tier, touched_steps.model,
        fills.price_tier, fills.price_model
    ),
    service_tier = coalesce(touched_steps.service_tier, fills.service_tier),
    price_tier = macros.of_better_price(
        touched_steps.model, touched_steps.service_tier, touched_steps.service_tier,
        fills.price_tier, fills.price_tier
    ),
    input_tokens = coalesce(touched_steps.input_tokens, fills.input_tokens),
    output_tokens = coalesce(touched_steps.output_tokens, fills.output_tokens),
    cache_read_tokens = coalesce(touched_steps.cache_read_tokens, fills.cache_read_tokens),
    cache_write_tokens = coalesce(touched_steps.cache_write_tokens, fills.cache_write_tokens),
    cache_write_1h_tokens = coalesce(touched_steps.cache_write_1h_tokens, fills.cache_write_1h_tokens),
    reasoning_tokens = coalesce(touched_steps.reasoning_tokens, fills.reasoning_tokens),
    audio_input_tokens = coalesce(touched_steps.audio_input_tokens, fills.audio_input_tokens),
    audio_output_tokens = coalesce(touched_steps.audio_output_tokens, fills.audio_output_tokens),
    reported_cost_usd = coalesce(touched_steps.reported_cost_usd, fills.reported_cost_usd)
from (
    select fills.* from rollup.fills as fills
    semi join touched_traces on fills.trace_id = touched_traces.trace_id
) as fills
where
    touched_steps.trace_id = fills.trace_id and touched_steps.run_id = fills.run_id
    and touched_steps.step_id = fills.step_id
