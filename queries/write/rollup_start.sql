-- Start 5: begin at nothing, unless already begun. $definition is queries.definition().
-- grain: one row
insert into rollup.watermarks by name
select
    -1 as batch_id,
    $definition::varchar as definition,
    now() at time zone 'UTC' as refreshed_at
where not exists (select 1 as found from rollup.watermarks)
