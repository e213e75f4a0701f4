-- Refresh 1: where the rollup stands and how far it can go now. Read inside the refresh's own transaction.
-- grain: one row
select
    batch_id as after_batch_id,
    greatest(batch_id, (select coalesce(max(batch_id), -1) from ledger.batches)) as newest_batch_id
from rollup.watermarks
