-- ledger.replays: which rejects were sent again, and how that ended.
-- grain: one row per attempt to replay a reject
create table if not exists ledger.replays (
    reject_id varchar not null,
    batch_id bigint,
    outcome varchar not null,
    replayed_at timestamp not null
);
