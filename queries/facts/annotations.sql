-- People's judgements of steps.
-- grain: one row per annotation
select annotations.* replace (coalesce(joined.run_id, annotations.run_id) as run_id)
from staging.annotations as annotations
left join rollup.run_traces as joined on annotations.run_id = joined.trace_id
