-- Forget a setting that views rest on.
-- grain: one row
delete from rollup.settings
where name = $name::varchar
