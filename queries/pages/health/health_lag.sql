-- How fresh the data is: the last arrivals of each source, and how long commits and the way here take.
-- grain: one row per source
select
    source,
    last_received_at,
    last_committed_at,
    commit_p50_ms,
    commit_p99_ms,
    arrival_p50_ms
from marts.lag
order by source
