-- How many older lines an import of a bill took out of force.
-- grain: one row
select count(*) as superseded
from prices.bills as older
where
    older.import_id < $import_id
    and exists (
        select 1
        from prices.bills as newer
        where newer.import_id = $import_id
            and newer.day = older.day
            and lower(newer.provider) = lower(older.provider)
            and lower(newer.model) is not distinct from lower(older.model)
            and newer.invoice_id is not distinct from older.invoice_id
    )
