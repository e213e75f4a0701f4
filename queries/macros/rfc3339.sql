-- macros.rfc3339: a UTC time as a JSON string in the form of RFC 3339; null for null.
-- grain: one varchar
create or replace macro macros.rfc3339(moment) as
'"' || replace(moment::varchar, ' ', 'T') || 'Z"'
