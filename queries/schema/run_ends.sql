-- ledger.run_ends: declared: what the agent said of its own run (JSONL `final`).
-- grain: one row per final event; several for a run are kept, the last said wins
create table if not exists ledger.run_ends (
    run_id varchar not null,
    content_hash ubigint not null,
    batch_id bigint not null,
    declared varchar not null,
    declared_at timestamp not null,
    time_basis varchar not null,
    ingested_at timestamp not null,
    agent varchar,
    agent_version varchar,
    workflow varchar,
    workflow_version varchar,
    prompt_version varchar,
    env varchar,
    tenant varchar,
    team varchar,
    user varchar,
    session varchar,
    claim varchar,
    reported_cost_usd decimal(18, 9),
    total_latency_ms double,
    attributes varchar
);
