-- Start of analyses 2: forget by which SQL they were made.
-- grain: the row of rollup.analyses
delete from rollup.analyses
