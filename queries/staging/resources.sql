-- Who sent: OTLP resource and scope.
-- grain: one row per distinct resource and scope
-- two collectors of one lake may both have written a resource, hence any_value
select
    resource_key,
    any_value(resource) as resource,
    any_value(resource_schema_url) as resource_schema_url,
    any_value(scope_name) as scope_name,
    any_value(scope_version) as scope_version,
    any_value(scope) as scope,
    any_value(scope_schema_url) as scope_schema_url
from ledger.resources
group by resource_key
