-- ledger.step_contents: inputs and outputs, apart from the steps: finance never sees them, retention deletes them first.
-- grain: one row per step that carried any content; attributes holds the other content attributes as JSON
create table if not exists ledger.step_contents (
    run_id varchar not null,
    step_id varchar not null,
    batch_id bigint not null,
    started_at timestamp not null,
    input varchar using compression zstd,
    output varchar using compression zstd,
    attributes varchar using compression zstd
);
