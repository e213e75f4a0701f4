-- macros.is_said: whether a step's field came from an attribute of its own (field_sources names it), not by inference.
-- grain: one boolean per step
create or replace macro macros.is_said(field_sources, field) as
coalesce(json_exists(field_sources, '$.' || field), false)
