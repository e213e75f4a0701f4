-- Refresh 14f: the cost events of the touched runs.
-- grain: one row per cost event of a touched run
-- Money that names only an outcome (or a run of which nothing came) is the run's that finished it. What names an outcome is
-- that outcome's alone (outcome, outcome_id); without one it is shared by all that the run serves.
create or replace temp table told_costs as
select
    coalesce(named.run_id, last_of.run_id, events.run_id) as run_id,
    coalesce(named.outcome, last_of.outcome) as outcome,
    coalesce(named.outcome_id, last_of.outcome_id) as outcome_id,
    events.kind,
    events.amount_usd,
    events.minutes,
    events.occurred_at,
    events.batch_id
from facts.cost_events as events
left join served_outcomes as named
    on events.outcome_id = named.outcome_id and events.run_id = named.run_id and named.is_first_kind
left join served_outcomes as last_of
    on case when named.run_id is null then events.outcome_id end = last_of.outcome_id
    and last_of.is_last_of_id and last_of.is_first_kind
semi join touched_runs on coalesce(named.run_id, last_of.run_id, events.run_id) = touched_runs.run_id
