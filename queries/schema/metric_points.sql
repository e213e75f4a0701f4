-- ledger.metric_points: OTLP metrics, kept whole, one data point each.
-- grain: one row per distinct data point (identity is its content)
create table if not exists ledger.metric_points (
    content_hash ubigint not null,
    batch_id bigint not null,
    resource_key ubigint not null,
    metric_name varchar not null,
    metric_kind varchar not null,
    unit varchar,
    temporality varchar,
    is_monotonic boolean,
    occurred_at timestamp not null,
    time_basis varchar not null,
    ingested_at timestamp not null,
    point varchar not null using compression zstd
);
