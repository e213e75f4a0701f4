-- Start 4, together with start 2: forget how far the cache went.
-- grain: the row of rollup.watermarks
delete from rollup.watermarks
