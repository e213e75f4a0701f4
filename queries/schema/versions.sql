-- ledger.versions: the schema's history. The newest row is what the file is at.
-- grain: one row per migration or rebuild of the views
create table if not exists ledger.versions (
    object varchar not null,
    version bigint not null,
    product_version varchar not null,
    applied_at timestamp not null
);
