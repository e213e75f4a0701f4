-- Refresh 14a, second: whether any of this is about an outcome that somebody named; else what follows of outcomes is left out.
-- grain: one row
select count(*) > 0 as names_outcomes from touched_outcomes
