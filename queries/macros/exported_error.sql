-- macros.exported_error: the `error` of a step event.
-- grain: one varchar of JSON
create or replace macro macros.exported_error(error_type, error_message) as
'{' || concat_ws(
    ',',
    macros.json_member('type', to_json(error_type)),
    macros.json_member('message', to_json(error_message))
) || '}'
