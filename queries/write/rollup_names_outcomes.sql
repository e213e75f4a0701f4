-- Refresh 14a, second: whether any of this is about an outcome that somebody named; else what follows of outcomes is left out.
-- grain: one row
select exists (select 1 as found from touched_outcomes) as names_outcomes
