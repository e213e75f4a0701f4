-- Attribute keys that no mapping knows: they stay with their steps.
-- grain: one row per key and dialect
select * from staging.attribute_keys
