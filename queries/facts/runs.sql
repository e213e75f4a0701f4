-- Every run: who, when, how it was declared and checked, what it did, what it cost.
-- grain: one row per run that has a step or a final event
-- Worked out by the collector (queries/write/rollup_*.sql) as batches come, at the latest when somebody asks.
-- A run of which nothing has been heard for a set time, and nobody said how it ended, is abandoned, not open.
-- No CTE here: above a CTE DuckDB reads every column of the rollup, whatever the page asks for.
select
    * replace (
        coalesce(trace_ids, [run_id]) as trace_ids,
        case when status_shown = 'open' and facts.is_abandoned(last_step_at) then 'abandoned' else status_shown end
            as status_shown
    ),
    status_shown = 'open' and facts.is_abandoned(last_step_at) as is_abandoned
from rollup.runs
