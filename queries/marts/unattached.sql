-- Checks and costs that are in no run's figures: no run of which anything came has their id, or serves their outcome.
-- grain: one row per such record
select
    'verification' as record,
    verifications.run_id,
    verifications.outcome_id,
    verifications.checked_at as said_at,
    verifications.batch_id
from facts.verifications as verifications
anti join facts.runs as runs on verifications.run_id = runs.run_id
anti join facts.run_outcomes as served
    on verifications.outcome_id = served.outcome_id and not served.is_own
    and (verifications.outcome is null or verifications.outcome = served.outcome)
union all
select
    'cost' as record,
    costs.run_id,
    costs.outcome_id,
    costs.occurred_at as said_at,
    costs.batch_id
from facts.cost_events as costs
anti join facts.runs as runs on costs.run_id = runs.run_id
anti join facts.run_outcomes as served on costs.outcome_id = served.outcome_id and not served.is_own
