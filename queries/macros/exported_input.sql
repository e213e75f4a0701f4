-- macros.exported_input: the `input` of a step event. What a span passed to a tool is an object in a step event: where
-- it is none, it goes in as the member `text` of one.
-- grain: one varchar of JSON, or null
create or replace macro macros.exported_input(kind, content, is_json) as
case
    when is_json then content
    when kind = 'tool_call' and case when json_valid(content) then json_type(content) end = 'OBJECT' then content
    when kind = 'tool_call' then '{"text":' || to_json(content) || '}'
    else to_json(content)::varchar
end
