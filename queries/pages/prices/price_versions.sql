-- The price versions of this store, the newest first: from which day each holds, and of which books it was made.
-- grain: one row per price version
select
    price_version,
    since_day,
    made_at,
    what,
    snapshot_version,
    table_hash,
    note
from facts.price_versions
order by price_version desc
