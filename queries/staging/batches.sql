-- The balance sheet: what came, when, from whom, how it ended.
-- grain: one row per delivery
select
    batch_id,
    collector_id,
    commit_id,
    source,
    signal,
    origin,
    byte_count,
    received,
    stored,
    duplicate,
    conflict,
    rejected,
    received_at,
    committed_at,
    received - stored - duplicate - conflict - rejected as balance,
    date_diff('microsecond', received_at, committed_at) * 0.001::double as commit_ms
from ledger.batches
