-- The newest price version, and of which books it was made.
-- grain: one row; none in a store without prices
select
    price_version,
    snapshot_version,
    table_hash
from prices.versions
order by price_version desc
limit 1
