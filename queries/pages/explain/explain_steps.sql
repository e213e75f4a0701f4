-- Every step of one run with what went in and what came back, in the order of time: what a report of the run rests on.
-- grain: one row per step of the run
-- param run_id varchar default null: the run
select
    steps.step_id,
    steps.parent_step_id,
    steps.step_number,
    steps.kind,
    coalesce(steps.name, steps.span_name) as name,
    steps.agent,
    steps.agent_version,
    steps.prompt_version,
    steps.service,
    steps.started_at,
    steps.duration_ms,
    steps.time_basis,
    steps.ingested_at,
    steps.status,
    steps.error_type,
    steps.error_message,
    steps.attempt,
    steps.counted_as,
    steps.is_step,
    steps.effect,
    steps.call_id,
    steps.details,
    steps.provider,
    steps.request_model,
    steps.response_model,
    steps.response_id,
    steps.service_tier,
    steps.finish_reason,
    steps.input_tokens,
    steps.output_tokens,
    steps.reasoning_tokens,
    steps.system_prompt_hash,
    steps.tool_definitions_hash,
    steps.cost_usd,
    steps.cost_status,
    steps.price_version,
    steps.price_source,
    contents.input,
    contents.output
from facts.steps_of($run_id::varchar) as steps
left join facts.contents_of($run_id::varchar) as contents
    on steps.batch_id = contents.batch_id and steps.trace_id = contents.run_id and steps.step_id = contents.step_id
order by steps.started_at, steps.step_number nulls last, steps.step_id
