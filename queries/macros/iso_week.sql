-- macros.iso_week: the label of the ISO week of a UTC time, like 2026-W46.
-- grain: one varchar per timestamp
create or replace macro macros.iso_week(moment) as strftime(moment, '%G-W%V')
