-- Money that no model call carries: people, tools, infrastructure.
-- grain: one row per cost event
select
    run_id,
    outcome_id,
    content_hash,
    batch_id,
    kind,
    amount_usd,
    minutes,
    note,
    time_basis,
    occurred_at,
    ingested_at,
    attributes
from ledger.costs
