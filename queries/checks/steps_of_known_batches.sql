-- Promise 3: every step belongs to a delivery on the balance sheet.
-- grain: one row per batch of which there are steps but no delivery
select distinct steps.batch_id
from facts.steps as steps
anti join facts.batches as batches on steps.batch_id = batches.batch_id
