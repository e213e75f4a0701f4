-- Runs that could not be worked out, each with the reason: none of their figures is as of now.
-- grain: one row per run, or trace of a run
select
    run_id,
    reason,
    batch_id,
    set_aside_at
from rollup.set_aside
