-- The balance sheet by hour: what came, and how it ended.
-- grain: one row per source, signal and hour (UTC) in which something came
select
    source,
    signal,
    date_trunc('hour', received_at) as hour,
    count(*) as batches,
    sum(received)::bigint as received,
    sum(stored)::bigint as stored,
    sum(duplicate)::bigint as duplicate,
    sum(conflict)::bigint as conflict,
    sum(rejected)::bigint as rejected,
    sum(balance)::bigint as balance,
    sum(byte_count)::bigint as bytes
from facts.batches
group by source, signal, date_trunc('hour', received_at)
