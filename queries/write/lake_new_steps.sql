-- Steps that snapshots after $first brought, from whichever collector.
-- grain: one row per step
select step_key
from ducklake_table_insertions('store', 'ledger', 'steps', $first, $last)
