-- Attribute keys that no mapping knows: kept with their steps, listed here, newest first.
-- grain: one row per key and dialect
select
    key,
    dialect,
    example,
    first_seen_at
from facts.attribute_keys
order by first_seen_at desc, key, dialect
