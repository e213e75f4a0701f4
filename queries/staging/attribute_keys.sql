-- Attribute keys that no mapping knows.
-- grain: one row per key and dialect
select
    key,
    dialect,
    any_value(example) as example,
    min(first_seen_at) as first_seen_at
from ledger.attribute_keys
group by key, dialect
