-- macros.tells_apart: whether an id of a tool call is one of its own, and not a word or a counter that every run begins with
-- ('call_0', 'lookup_order_2').
-- grain: one boolean
create or replace macro macros.tells_apart(call_id) as
length(call_id) >= 12 and not regexp_full_match(call_id, '[A-Za-z_.:-]*[0-9]{0,4}')
