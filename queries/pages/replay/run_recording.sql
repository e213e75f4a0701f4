-- What `tachograph replay` answers from: the model and tool calls of a run with what went in and what came back.
-- grain: one row per model or tool call of the run, those that another step counts (counted_as) too, in their order
-- param run_id varchar default null: the run
select
    steps.step_id,
    steps.step_number,
    steps.kind,
    steps.name,
    steps.dialect,
    steps.status,
    steps.error_type,
    steps.error_message,
    steps.started_at,
    steps.counted_as,
    steps.call_id,
    steps.model,
    steps.request_model,
    steps.response_model,
    steps.finish_reason,
    steps.input_tokens,
    steps.output_tokens,
    steps.cache_read_tokens,
    steps.reasoning_tokens,
    steps.attributes,
    steps.span_extra,
    contents.input,
    contents.output,
    contents.attributes as content_attributes
from facts.steps_of($run_id::varchar) as steps
left join facts.contents_of($run_id::varchar) as contents
    on steps.batch_id = contents.batch_id and steps.trace_id = contents.run_id and steps.step_id = contents.step_id
where steps.kind in ('model_call', 'tool_call')
order by steps.started_at, steps.step_number nulls last, steps.step_id
