-- Start of analyses 5: say by which SQL they are made from now on.
-- grain: one row
insert into rollup.analyses by name
select
    $definition::varchar as definition,
    now() at time zone 'UTC' as analysed_at
