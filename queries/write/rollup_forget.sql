-- Start 3, together with rollup_drop: forget how far the cache went.
-- grain: the row of rollup.watermarks
delete from rollup.watermarks
