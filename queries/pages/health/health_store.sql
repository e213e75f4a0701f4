-- How many rows each table of the store holds.
-- grain: one row per table
select
    table_name,
    row_count
from facts.table_rows
order by table_name
