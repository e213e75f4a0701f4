-- Records that could not be stored as themselves; the raw bytes shortened to what a page can show.
-- grain: one row per rejected or conflicting record
select
    reject_id,
    batch_id,
    outcome,
    source,
    signal,
    origin,
    line,
    run_id,
    step_id,
    reason,
    rejected_at,
    octet_length(raw) as raw_bytes,
    macros.readable(raw) as raw_preview
from ledger.rejects
