-- Promise 2: a step is stored once.
-- grain: one row per (run_id, step_id) that is there more than once
select
    run_id,
    step_id,
    count(*) as copies
from facts.steps
group by run_id, step_id
having count(*) > 1
