-- What the store and its views were made by.
-- grain: one row per migration or rebuild
select
    object,
    version,
    product_version,
    applied_at
from ledger.versions
