-- Content hashes of all stored records that have no id, for the filter that spares fresh data a look-up.
-- grain: one row per record
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
