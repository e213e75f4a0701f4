-- Start of analyses 1: by which SQL they were made; no row where they were never started.
-- grain: at most one row
select definition from rollup.analyses
