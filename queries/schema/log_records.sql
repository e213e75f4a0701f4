-- ledger.log_records: OTLP logs, kept whole.
-- grain: one row per distinct log record (identity is its content: OTLP gives logs no id)
create table if not exists ledger.log_records (
    content_hash ubigint not null,
    batch_id bigint not null,
    resource_key ubigint not null,
    run_id varchar,
    step_id varchar,
    event_name varchar,
    severity varchar,
    occurred_at timestamp not null,
    time_basis varchar not null,
    ingested_at timestamp not null,
    record varchar not null using compression zstd
);
