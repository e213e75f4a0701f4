-- macros.json_member: one member of a JSON object, as text; null where the value is null, which concat_ws then leaves out.
-- grain: one varchar
create or replace macro macros.json_member(key, json_value) as
'"' || key || '":' || json_value::varchar
