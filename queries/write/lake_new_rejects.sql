-- Rejects and conflicts that snapshots after $first brought, from whichever collector.
-- grain: one row per reject
select content_hash
from ducklake_table_insertions('store', 'ledger', 'rejects', $first, $last)
