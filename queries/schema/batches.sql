-- ledger.batches: the balance sheet. What came, when, from whom, how it ended.
-- grain: one row per delivery (one OTLP request, one POST of events, one chunk of a file)
-- identity held by a check: received = stored + duplicate + conflict + rejected
create table if not exists ledger.batches (
    batch_id bigint not null,
    collector_id varchar not null,
    commit_id bigint not null,
    received_at timestamp not null,
    committed_at timestamp not null,
    source varchar not null,
    signal varchar not null,
    origin varchar,
    byte_count bigint not null,
    received bigint not null,
    stored bigint not null,
    duplicate bigint not null,
    conflict bigint not null,
    rejected bigint not null
);
