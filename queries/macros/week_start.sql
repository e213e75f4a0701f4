-- macros.week_start: the Monday on which the ISO week of a UTC time starts.
-- grain: one date per timestamp
create or replace macro macros.week_start(moment) as date_trunc('week', moment)::date
