-- Merge adjacent small Parquet files.
-- grain: one row per table
call ducklake_merge_adjacent_files('store')
