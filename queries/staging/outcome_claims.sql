-- What runs say that they serve.
-- grain: one row per outcome that a step, a final event or a sender's resource names
select
    run_id,
    step_id,
    outcome,
    outcome_id,
    batch_id
from ledger.outcome_claims
