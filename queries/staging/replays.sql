-- Rejects that were sent again, and how that ended.
-- grain: one row per attempt
select
    reject_id,
    batch_id,
    outcome,
    replayed_at
from ledger.replays
