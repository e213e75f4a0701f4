-- Promise 2: a step is stored once.
-- grain: one row per (trace_id, step_id) that is there more than once
select
    trace_id,
    step_id,
    count(*) as copies
from facts.steps
group by trace_id, step_id
having count(*) > 1
