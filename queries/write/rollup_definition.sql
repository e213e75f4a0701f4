-- Start 1: by which SQL the rollup was made; no row where it was never started.
-- grain: at most one row
select definition from rollup.watermarks
