-- The balance sheet of all time.
-- grain: one row
select
    coalesce(sum(batches), 0)::bigint as batches,
    coalesce(sum(received), 0)::bigint as received,
    coalesce(sum(stored), 0)::bigint as stored,
    coalesce(sum(duplicate), 0)::bigint as duplicate,
    coalesce(sum(conflict), 0)::bigint as conflict,
    coalesce(sum(rejected), 0)::bigint as rejected,
    coalesce(sum(balance), 0)::bigint as balance,
    coalesce(sum(bytes), 0)::bigint as bytes
from marts.balance
