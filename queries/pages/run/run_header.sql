-- One run: who, how it ended, what it cost; and the runs before and after it in the same workflow.
-- grain: one row, or none where no such run is known
-- param run_id varchar default null: the run
select
    runs.* exclude (run_key, step_batch_ids, week_start),
    neighbours.prev_run_id,
    neighbours.next_run_id
from facts.runs as runs
cross join facts.run_neighbours($run_id::varchar) as neighbours
where runs.run_key = macros.run_key($run_id::varchar) and runs.run_id = $run_id::varchar
