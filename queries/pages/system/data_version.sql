-- How far the data goes: what an answer rests on, and the ETag of the read API.
-- grain: one row
select
    coalesce(max(batch_id), 0) as batch_id,
    max(committed_at) as last_committed_at,
    (select newest.newest_event_at from facts.newest_event as newest) as newest_event_at
from facts.batches
