-- Promise 3: received = stored + duplicate + conflict + rejected, for every delivery.
-- grain: one row per delivery that does not balance
select
    batch_id,
    source,
    signal,
    received,
    balance
from facts.batches
where balance <> 0
