-- Forget snapshots that are older than a week: nothing asks for them, and they keep merged files alive.
-- grain: one row per snapshot
call ducklake_expire_snapshots('store', older_than => now() - interval 7 days)
