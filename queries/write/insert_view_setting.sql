-- Say a setting that views rest on.
-- grain: one row
insert into rollup.settings by name
select
    $name::varchar as name,
    $amount::double as amount
