-- Checks and costs that are in no run's figures: no run of which anything came has their id, or serves their outcome.
-- grain: one row per such record
-- Joined on equalities alone, a kind that nobody said by a join of its own: with `or` beside it DuckDB compares every pair.
with served as (
    select
        outcome,
        outcome_id
    from facts.run_outcomes
    where not is_own
)

select
    'verification' as record,
    verifications.run_id,
    verifications.outcome_id,
    verifications.checked_at as said_at,
    verifications.batch_id
from facts.verifications as verifications
anti join facts.runs as runs on verifications.run_id = runs.run_id
anti join served on verifications.outcome_id = served.outcome_id and verifications.outcome = served.outcome
anti join served
    on case when verifications.outcome is null then verifications.outcome_id end = served.outcome_id
union all
select
    'cost' as record,
    costs.run_id,
    costs.outcome_id,
    costs.occurred_at as said_at,
    costs.batch_id
from facts.cost_events as costs
anti join facts.runs as runs on costs.run_id = runs.run_id
anti join served on costs.outcome_id = served.outcome_id
