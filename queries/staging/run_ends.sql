-- Declared: what agents said of their own runs.
-- grain: one row per final event; several for a run are kept
select
    run_id,
    content_hash,
    batch_id,
    declared,
    agent,
    agent_version,
    workflow,
    workflow_version,
    prompt_version,
    env,
    tenant,
    team,
    user,
    session,
    claim,
    reported_cost_usd,
    total_latency_ms,
    time_basis,
    declared_at,
    ingested_at,
    attributes,
    macros.said_order(declared_at, batch_id, null, content_hash) as said_order
from ledger.run_ends
