-- macros.exported_unless: a member of a step event, unless the JSON object that is written beside it has it already.
-- grain: one varchar, or null
create or replace macro macros.exported_unless(json_object, json_path, member) as
case when not coalesce(json_exists(json_object, json_path), false) then member end
