-- ledger.resources: who sent: OTLP resource and scope with their schema URLs, as JSON.
-- grain: one row per distinct resource and scope (two collectors of one lake may both write it: read with any_value)
create table if not exists ledger.resources (
    resource_key ubigint not null,
    batch_id bigint not null,
    resource varchar,
    resource_schema_url varchar,
    scope_name varchar,
    scope_version varchar,
    scope varchar,
    scope_schema_url varchar
);
