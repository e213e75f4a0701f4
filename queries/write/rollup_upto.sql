-- Refresh 1b: where a part of a long backlog ends, so that a refresh takes bounded memory whatever has piled up.
-- grain: one row
select coalesce(max(batch_id), $after_batch_id::bigint) as upto_batch_id
from (
    select batch_id
    from ledger.batches
    where batch_id > $after_batch_id::bigint
    order by batch_id
    limit $batch_count::bigint
)
