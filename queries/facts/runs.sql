-- Every run: who, when, how it was declared and checked, what it did, what it cost.
-- grain: one row per run that has a step or a final event
-- Runs untouched since the last refresh come from rollup.runs, the others are worked out now: always the same answer as
-- facts.runs_computed (a test holds it), at the price of the runs touched since.
with watermark as (
    select coalesce(max(batch_id), -1) as batch_id
    from rollup.watermarks
)

select rolled.* from rollup.runs as rolled
anti join facts.touched_runs((select batch_id from watermark), 9223372036854775807) as touched
    on rolled.run_id = touched.run_id
union all by name
select * from facts.runs_since((select batch_id from watermark), 9223372036854775807)
