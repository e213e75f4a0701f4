-- What the store and its views were made by, the newest of each.
-- grain: one row per object
select
    object,
    version,
    product_version,
    applied_at
from facts.versions
qualify row_number() over (partition by object order by applied_at desc, version desc) = 1
order by object
