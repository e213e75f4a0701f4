-- Which of the suspects the ledger holds, in any table whose records have no id.
-- grain: one row per suspect that is stored
with contents as (
    select content_hash from ledger.run_ends
    union all
    select content_hash from ledger.verifications
    union all
    select content_hash from ledger.costs
    union all
    select content_hash from ledger.annotations
    union all
    select content_hash from ledger.log_records
    union all
    select content_hash from ledger.metric_points
)

select contents.content_hash
from contents
inner join suspects on contents.content_hash = suspects.content_hash
