-- facts.run_costs: money of the runs touched by batches after `after_batch_id` up to `upto_batch_id` that no step carries: people, tools, infrastructure.
-- grain: one row per run that has a cost event
-- Minutes without an amount have no price yet: they are counted, never taken as 0.
create or replace macro facts.run_costs(after_batch_id, upto_batch_id) as table
select
    costs.run_id,
    max(costs.batch_id) as batch_id,
    sum(costs.amount_usd) as amount_usd,
    count(*) filter (where costs.amount_usd is not null) as priced_costs,
    count(*) filter (where costs.amount_usd is null) as unpriced_costs
from staging.costs as costs
semi join facts.touched_runs(after_batch_id, upto_batch_id) as touched on costs.run_id = touched.run_id
group by costs.run_id
