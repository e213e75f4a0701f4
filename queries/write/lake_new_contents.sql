-- Records without an id that snapshots after $first brought, from whichever collector.
-- grain: one row per record
select content_hash from ducklake_table_insertions('store', 'ledger', 'run_ends', $first, $last)
union all
select content_hash from ducklake_table_insertions('store', 'ledger', 'verifications', $first, $last)
union all
select content_hash from ducklake_table_insertions('store', 'ledger', 'costs', $first, $last)
union all
select content_hash from ducklake_table_insertions('store', 'ledger', 'annotations', $first, $last)
union all
select content_hash from ducklake_table_insertions('store', 'ledger', 'log_records', $first, $last)
union all
select content_hash from ducklake_table_insertions('store', 'ledger', 'metric_points', $first, $last)
