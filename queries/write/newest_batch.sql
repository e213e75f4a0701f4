-- The highest batch id, so that the next one is above it whatever the clocks of its collector and of others say.
-- grain: one row
select coalesce(max(batch_id), 0) as batch_id
from ledger.batches
