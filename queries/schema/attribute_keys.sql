-- ledger.attribute_keys: attribute keys that no mapping knows: they stay with their steps, and are listed on Health.
-- grain: one row per key and dialect, written when first seen
create table if not exists ledger.attribute_keys (
    key varchar not null,
    dialect varchar not null,
    first_seen_at timestamp not null,
    batch_id bigint not null,
    example varchar
);
