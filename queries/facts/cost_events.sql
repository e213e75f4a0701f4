-- Money that no model call carries, each event with the run it belongs to, as it was said: facts.costs has what it amounts to.
-- grain: one row per cost event
select costs.* replace (coalesce(joined.run_id, costs.run_id) as run_id)
from staging.costs as costs
left join rollup.run_traces as joined on costs.run_id = joined.trace_id
