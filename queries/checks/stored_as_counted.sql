-- Promise 3: a delivery of traces stored as many steps as it says. (A delivery of events stores other records too.)
-- grain: one row per delivery whose steps are not as many as were stored
select
    batches.batch_id,
    batches.stored,
    count(steps.step_id) as steps
from facts.batches as batches
left join facts.steps as steps on batches.batch_id = steps.batch_id
where batches.signal = 'traces'
group by batches.batch_id, batches.stored
having count(steps.step_id) <> batches.stored
