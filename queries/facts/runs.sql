-- Every run: who, when, how it was declared and checked, what it did, what it cost.
-- grain: one row per run that has a step or a final event
-- Runs untouched since the last refresh come from rollup.runs, the others are worked out now: always the same answer as
-- facts.runs_computed (a test holds it), at the price of the runs touched since.
-- No CTE here: above a CTE DuckDB reads every column of the rollup, whatever the page asks for.
select rolled.* from rollup.runs as rolled
anti join (
    select unnest(list(run_id)) as run_id
    from facts.touched_runs((select coalesce(max(batch_id), -1) from rollup.watermarks), 9223372036854775807)
) as touched on rolled.run_id = touched.run_id
union all by name
select *
from facts.runs_since(
    (select coalesce(max(batch_id), -1) from rollup.watermarks),
    9223372036854775807,
    (select coalesce(max(batch_id), -1) from rollup.watermarks)
)
