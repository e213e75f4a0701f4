-- ledger.costs: money that no model call carries: people, tools, infrastructure.
-- grain: one row per cost event
create table if not exists ledger.costs (
    run_id varchar,
    outcome_id varchar,
    content_hash ubigint not null,
    batch_id bigint not null,
    kind varchar not null,
    amount_usd decimal(18, 9),
    minutes double,
    note varchar,
    occurred_at timestamp not null,
    time_basis varchar not null,
    ingested_at timestamp not null,
    attributes varchar
);
