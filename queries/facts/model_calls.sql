-- Model calls, each counted once: of calls nested in each other (a wrapper around the call) only the innermost stays.
-- grain: one row per innermost model call
-- Nested directly, or through plumbing and other spans, as facts.step_totals has it.
with recursive between_calls as (
    select
        below.run_id,
        below.step_id,
        above.step_id as wrapper_id
    from facts.steps as below
    inner join facts.steps as above on below.run_id = above.run_id and below.parent_step_id = above.step_id
    where below.kind in ('plumbing', 'other') and above.kind = 'model_call'
    union
    select
        below.run_id,
        below.step_id,
        between_calls.wrapper_id
    from between_calls
    inner join facts.steps as below
        on between_calls.run_id = below.run_id and between_calls.step_id = below.parent_step_id
    where below.kind in ('plumbing', 'other')
)

select
    outer_call.run_id,
    outer_call.step_id,
    outer_call.parent_step_id,
    outer_call.agent,
    outer_call.provider,
    outer_call.model,
    outer_call.request_model,
    outer_call.response_model,
    outer_call.service_tier,
    outer_call.finish_reason,
    outer_call.status,
    outer_call.error_type,
    outer_call.error_message,
    outer_call.attempt,
    outer_call.input_tokens,
    outer_call.output_tokens,
    outer_call.cache_read_tokens,
    outer_call.cache_write_tokens,
    outer_call.reasoning_tokens,
    outer_call.cost_usd,
    outer_call.cost_status,
    outer_call.time_basis,
    outer_call.started_at,
    outer_call.ended_at,
    outer_call.duration_ms,
    outer_call.time_to_first_token_ms,
    outer_call.said_order
from facts.steps as outer_call
anti join (
    select
        run_id,
        parent_step_id as step_id
    from facts.steps
    where kind = 'model_call' and parent_step_id is not null
    union all
    select
        between_calls.run_id,
        between_calls.wrapper_id as step_id
    from between_calls
    inner join facts.steps as nested
        on between_calls.run_id = nested.run_id and between_calls.step_id = nested.parent_step_id
    where nested.kind = 'model_call'
) as inner_call on outer_call.run_id = inner_call.run_id and outer_call.step_id = inner_call.step_id
where outer_call.kind = 'model_call'
