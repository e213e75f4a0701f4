-- Note that the tables were migrated or the views rebuilt.
-- grain: one row per call
insert into ledger.versions
values ($object, $version, $product_version, $applied_at)
