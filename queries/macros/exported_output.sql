-- macros.exported_output: the `output` of a step event. What a span retrieved is a list of objects in a step event.
-- grain: one varchar of JSON, or null
create or replace macro macros.exported_output(kind, content, is_json) as
case
    when is_json then content
    when kind = 'retrieval' then '[{"text":' || to_json(content) || '}]'
    else to_json(content)::varchar
end
