-- macros.closed_week: the Monday of a week that is asked for by name, for what reads closed weeks: a day that is none
-- where it is no week.
-- grain: one date
create or replace macro macros.closed_week(week) as
coalesce(try_strptime(coalesce(week::varchar, '') || '-1', '%G-W%V-%u')::date, date '0001-01-01')
