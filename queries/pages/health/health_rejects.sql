-- The newest records that could not be stored as themselves, with the reason and the start of their raw bytes.
-- grain: one row per rejected or conflicting record
-- param limit_rows bigint default 200: rows at most
select
    reject_id,
    rejected_at,
    outcome,
    source,
    signal,
    origin,
    line,
    reason,
    run_id,
    step_id,
    raw_preview,
    raw_bytes,
    replayed
from facts.rejects
order by rejected_at desc, reject_id
limit $limit_rows::bigint
