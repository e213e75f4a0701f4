-- macros.previous_start: when the period before starts, for a comparison of the same weekdays: as many whole weeks earlier
-- as cover the period. The period before is as long as the period itself.
-- grain: one timestamp
create or replace macro macros.previous_start(started_from, started_to) as
started_from::timestamp
- to_days((7 * ceil(date_diff('day', started_from::timestamp, started_to::timestamp) / 7.0))::integer)
