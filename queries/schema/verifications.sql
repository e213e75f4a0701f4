-- ledger.verifications: verified: what somebody checked in the real world afterwards.
-- grain: one row per check; the latest wins, all stay
create table if not exists ledger.verifications (
    run_id varchar,
    outcome_id varchar,
    content_hash ubigint not null,
    batch_id bigint not null,
    verified varchar not null,
    outcome varchar,
    checked_by varchar,
    method varchar,
    checked_at timestamp not null,
    time_basis varchar not null,
    ingested_at timestamp not null,
    evidence varchar,
    value_usd decimal(18, 9),
    diff varchar,
    attributes varchar
);
