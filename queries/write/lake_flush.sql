-- Write rows that are inlined in the catalog to Parquet: a checkpoint does not.
-- grain: one row per table that had any
call ducklake_flush_inlined_data('store')
