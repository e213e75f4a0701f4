-- How many rows each table of the ledger and the rollup holds.
-- grain: one row per table
select * from staging.table_rows
