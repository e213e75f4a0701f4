-- Who sent: OTLP resource and scope.
-- grain: one row per distinct resource and scope
select * from staging.resources
