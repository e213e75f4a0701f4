-- ledger.annotations: a person's judgement of a step.
-- grain: one row per annotation event
create table if not exists ledger.annotations (
    run_id varchar not null,
    step_id varchar,
    content_hash ubigint not null,
    batch_id bigint not null,
    label varchar,
    annotated_by varchar,
    note varchar,
    annotated_at timestamp not null,
    time_basis varchar not null,
    ingested_at timestamp not null,
    attributes varchar
);
