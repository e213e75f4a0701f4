-- facts.last_checks: how the runs touched by batches after `after_batch_id` up to `upto_batch_id` were checked; of several checks the latest wins.
-- grain: one row per run that was checked
create or replace macro facts.last_checks(after_batch_id, upto_batch_id) as table
select verifications.*
from staging.verifications as verifications
semi join facts.touched_runs(after_batch_id, upto_batch_id) as touched on verifications.run_id = touched.run_id
qualify row_number() over (partition by verifications.run_id order by verifications.said_order desc) = 1
