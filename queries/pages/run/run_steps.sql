-- The waterfall of a run: its steps in tree order, a window of them; total_rows says how many there are.
-- grain: one row per step shown, and one '(missing)' row per parent that never came
-- param run_id varchar default null: the run
-- param offset bigint default 0: rows to leave out before the window
-- param limit_rows bigint default 2000: rows in the window
-- param plumbing boolean default true: show spans that are no step of an agent (HTTP clients, chains), and calls that another step counts, too
select *
from facts.run_tree($run_id::varchar, $plumbing::boolean)
where row_number > $offset::bigint and row_number <= $offset::bigint + $limit_rows::bigint
order by row_number
