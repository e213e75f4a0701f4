-- What models are estimated to have cost beside what providers billed (tachograph import-bill), and why the two differ.
-- grain: one row per day or month, provider and model
-- param from timestamp default null: from this day on, UTC
-- param to timestamp default null: before this day, UTC
-- param bucket varchar default month: day or month
-- Calls count on their own day, and those of all runs: a bill knows no workflows, teams or environments. Columns:
-- marts.reconciliation; gap_usd is the sum of the parts after it.
select *
from marts.reconciliation($bucket, $from, $to)
order by bucket_start, coalesce(billed_usd, estimated_usd) desc nulls last, provider, model
