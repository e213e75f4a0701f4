-- The balance sheet of all time, and what was stored but belongs to no run that is known.
-- grain: one row
-- unattached_*: checks and costs that are in no run's figures: they name only an outcome, or a run of which nothing came (yet).
select
    coalesce(sum(batches), 0)::bigint as batches,
    coalesce(sum(received), 0)::bigint as received,
    coalesce(sum(stored), 0)::bigint as stored,
    coalesce(sum(duplicate), 0)::bigint as duplicate,
    coalesce(sum(conflict), 0)::bigint as conflict,
    coalesce(sum(rejected), 0)::bigint as rejected,
    coalesce(sum(balance), 0)::bigint as balance,
    coalesce(sum(bytes), 0)::bigint as bytes,
    (select count(*) filter (where record = 'verification') from marts.unattached) as unattached_verifications,
    (select count(*) filter (where record = 'cost') from marts.unattached) as unattached_costs
from marts.balance
