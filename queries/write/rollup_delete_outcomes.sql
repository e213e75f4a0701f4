-- Refresh 15f: take out the touched outcomes.
-- grain: one row per outcome of a touched id
delete from rollup.outcomes
where outcome_id in (select touched_outcomes.outcome_id from touched_outcomes)
