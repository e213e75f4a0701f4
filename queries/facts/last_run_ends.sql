-- facts.last_run_ends: what the runs touched by batches after `after_batch_id` up to `upto_batch_id` declared; of several final events the last said.
-- grain: one row per run that has a final event
create or replace macro facts.last_run_ends(after_batch_id, upto_batch_id) as table
select run_ends.*
from staging.run_ends as run_ends
semi join facts.touched_runs(after_batch_id, upto_batch_id) as touched on run_ends.run_id = touched.run_id
qualify row_number() over (partition by run_ends.run_id order by run_ends.said_order desc) = 1
