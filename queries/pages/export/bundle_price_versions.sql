-- The price versions of this store, whole, as a bundle carries them.
-- grain: one row per price version
select
    price_version,
    made_at,
    since_day,
    snapshot_version,
    table_hash,
    what,
    note
from facts.price_versions
order by price_version
