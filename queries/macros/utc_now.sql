-- macros.utc_now: the moment that counts as now: the one given (tests), or the clock, in UTC.
-- grain: one timestamp
create or replace macro macros.utc_now(moment) as coalesce(moment::timestamp, now() at time zone 'UTC')
