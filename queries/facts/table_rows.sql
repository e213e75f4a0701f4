-- How many rows each table of the ledger, the rollup and the closed weeks holds.
-- grain: one row per table
select * from staging.table_rows
