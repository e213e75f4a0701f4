-- Everything known of one step: what went in, what came back, every attribute, and where each field came from.
-- grain: one row, or none where no such step is known
-- param run_id varchar default null: the run
-- param step_id varchar default null: the step
select
    steps.* exclude (step_key, said_order),
    contents.input,
    contents.output,
    contents.attributes as content_attributes,
    resources.resource,
    resources.resource_schema_url,
    resources.scope_name,
    resources.scope_version,
    resources.scope,
    resources.scope_schema_url
from facts.steps_of($run_id::varchar) as steps
left join facts.contents_of($run_id::varchar) as contents
    on steps.batch_id = contents.batch_id and steps.trace_id = contents.run_id and steps.step_id = contents.step_id
left join facts.resources as resources on steps.resource_key = resources.resource_key
where steps.step_id = $step_id::varchar
