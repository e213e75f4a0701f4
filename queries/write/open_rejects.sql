-- Rejected records that nobody has sent again, oldest first, with their raw bodies.
-- grain: one row per reject
select
    reject_id,
    source,
    signal,
    origin,
    line,
    raw
from ledger.rejects
where
    outcome = 'rejected'
    and rejected_at <= $until
    and ($reject_id is null or reject_id = $reject_id)
    and reject_id not in (select replayed.reject_id from ledger.replays as replayed)
order by rejected_at, reject_id
limit $batch_size
