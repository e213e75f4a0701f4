-- Attribute keys that are listed as unmapped already.
-- grain: one row per key and dialect
select
    key,
    dialect
from ledger.attribute_keys
