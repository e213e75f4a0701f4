-- People's judgements of steps.
-- grain: one row per annotation
select
    run_id,
    step_id,
    content_hash,
    batch_id,
    label,
    annotated_by,
    note,
    time_basis,
    annotated_at,
    ingested_at,
    attributes
from ledger.annotations
