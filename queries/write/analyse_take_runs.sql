-- Analyse 1: the next runs, the oldest change first. What was queued as a trace is the runs that it belongs to.
-- grain: one row per run
create or replace temp table analysed_runs as
with taken as (
    select distinct run_id
    from (
        select run_id from rollup.changed_runs
        order by batch_id, run_id
        limit $run_count::bigint
    )
)

select run_id from taken
union
select joined.run_id
from rollup.run_traces as joined
semi join taken on joined.trace_id = taken.run_id
union
select splits.run_id
from rollup.run_splits as splits
semi join taken on splits.trace_id = taken.run_id
