-- The newest snapshot of the lake.
-- grain: one row
select id
from ducklake_current_snapshot('store')
