-- Declared: what agents said of their own runs; the last of a run counts.
-- grain: one row per final event
select run_ends.* replace (coalesce(joined.run_id, run_ends.run_id) as run_id)
from staging.run_ends as run_ends
left join rollup.run_traces as joined on run_ends.run_id = joined.trace_id
