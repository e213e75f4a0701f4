-- How many rows each table of the ledger, the rollup and the closed weeks holds.
-- grain: one row per table
select
'ledger.steps' as table_name,
count(*) as row_count
from ledger.steps
union all
select
'ledger.step_contents' as table_name,
count(*) as row_count
from ledger.step_contents
union all
select
'ledger.run_ends' as table_name,
count(*) as row_count
from ledger.run_ends
union all
select
'ledger.verifications' as table_name,
count(*) as row_count
from ledger.verifications
union all
select
'ledger.costs' as table_name,
count(*) as row_count
from ledger.costs
union all
select
'ledger.outcome_claims' as table_name,
count(*) as row_count
from ledger.outcome_claims
union all
select
'ledger.annotations' as table_name,
count(*) as row_count
from ledger.annotations
union all
select
'ledger.log_records' as table_name,
count(*) as row_count
from ledger.log_records
union all
select
'ledger.metric_points' as table_name,
count(*) as row_count
from ledger.metric_points
union all
select
'ledger.resources' as table_name,
count(*) as row_count
from ledger.resources
union all
select
'ledger.rejects' as table_name,
count(*) as row_count
from ledger.rejects
union all
select
'ledger.replays' as table_name,
count(*) as row_count
from ledger.replays
union all
select
'ledger.attribute_keys' as table_name,
count(*) as row_count
from ledger.attribute_keys
union all
select
'ledger.batches' as table_name,
count(*) as row_count
from ledger.batches
union all
select
'ledger.versions' as table_name,
count(*) as row_count
from ledger.versions
union all
select
'rollup.runs' as table_name,
count(*) as row_count
from rollup.runs
union all
select
'rollup.step_totals' as table_name,
count(*) as row_count
from rollup.step_totals
union all
select
'weeks.closings' as table_name,
count(*) as row_count
from weeks.closings
union all
select
'weeks.figures' as table_name,
count(*) as row_count
from weeks.figures
union all
select
'weeks.runs' as table_name,
count(*) as row_count
from weeks.runs
