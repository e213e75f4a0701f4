-- macros.asked_week: the Monday of the ISO week asked for; without one, of the last complete week. Null where it is no week.
-- grain: one date
create or replace macro macros.asked_week(week, moment) as
case
    when week::varchar is null then (macros.week_start(macros.utc_now(moment)) - interval 7 day)::date
    else try_strptime(week::varchar || '-1', '%G-W%V-%u')::date
end
