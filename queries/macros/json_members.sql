-- macros.json_members: the members of a JSON object as text, without its braces; null for null and for an empty object.
-- Text is cut, not read: numbers and escapes stay as they were written.
-- grain: one varchar
create or replace macro macros.json_members(json_object) as
nullif(substring(json_object::varchar, 2, length(json_object::varchar) - 2), '')
