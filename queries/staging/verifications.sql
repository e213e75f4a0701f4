-- Verified: what somebody checked in the real world afterwards.
-- grain: one row per check
select
    run_id,
    outcome_id,
    content_hash,
    batch_id,
    verified,
    outcome,
    checked_by,
    method,
    evidence,
    value_usd,
    diff,
    time_basis,
    checked_at,
    ingested_at,
    attributes,
    macros.said_order(checked_at, batch_id, null, content_hash) as said_order
from ledger.verifications
