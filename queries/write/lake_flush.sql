-- Write the rows of one table that are inlined in the catalog to Parquet: a checkpoint does not.
-- grain: one row where there were any
call ducklake_flush_inlined_data('store', schema_name => $schema, table_name => $table)
