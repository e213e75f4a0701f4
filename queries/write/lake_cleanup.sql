-- Delete Parquet files that no snapshot needs any more, an hour after they were scheduled for it (a reader may be slow).
-- grain: one row per file
call ducklake_cleanup_old_files('store', older_than => now() - interval 1 hour)
