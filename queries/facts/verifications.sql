-- Verified: what somebody checked in the real world afterwards; the latest of a run counts.
-- grain: one row per check
select verifications.* replace (coalesce(joined.run_id, verifications.run_id) as run_id)
from staging.verifications as verifications
left join rollup.run_traces as joined on verifications.run_id = joined.trace_id
