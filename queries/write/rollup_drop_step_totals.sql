-- Start 3, together with start 2: forget the cached step totals.
-- grain: the table rollup.step_totals
drop table if exists rollup.step_totals
