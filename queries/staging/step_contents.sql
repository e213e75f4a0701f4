-- Inputs and outputs of steps.
-- grain: one row per step that carried any content
select
    run_id,
    step_id,
    batch_id,
    started_at,
    input,
    output,
    attributes
from ledger.step_contents
