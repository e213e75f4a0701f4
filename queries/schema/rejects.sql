-- ledger.rejects: what could not be stored as itself, with its reason and its raw bytes.
-- grain: one row per rejected or conflicting record; outcome says which; raw is a body that `rejects replay` sends again
create table if not exists ledger.rejects (
    reject_id varchar not null,
    batch_id bigint not null,
    outcome varchar not null,
    source varchar not null,
    signal varchar not null,
    origin varchar,
    line bigint,
    run_id varchar,
    step_id varchar,
    content_hash ubigint not null,
    reason varchar not null,
    raw blob not null,
    rejected_at timestamp not null
);
