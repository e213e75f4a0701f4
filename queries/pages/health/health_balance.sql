-- The balance sheet: received = stored + duplicate + conflict + rejected, by source, signal and hour; newest first.
-- grain: one row per source, signal and hour (UTC) in which something came
-- param hours bigint default 24: how many hours back from now
-- param now timestamp default null: the moment that counts as now, in UTC; default the clock
select
    source,
    signal,
    hour,
    batches,
    received,
    stored,
    duplicate,
    conflict,
    rejected,
    balance,
    bytes
from marts.balance
where hour > macros.utc_now($now) - to_hours($hours::bigint)
order by hour desc, source, signal
