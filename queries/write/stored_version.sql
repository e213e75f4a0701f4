-- The version that the store is at, for its tables or its views.
-- grain: one row, or none for an object that was never recorded
select version
from ledger.versions
where object = $object
order by applied_at desc, version desc
limit 1
