-- Refresh 15c: what is worked out of a run after this (collector/store/analyses.py) is to be worked out again.
-- grain: one row per touched run
-- By the newest batch that says anything of the run: runs that came together are then analysed together, and few batches read.
insert into rollup.changed_runs
select
    touched_runs.run_id,
    coalesce(evidence.batch_id, $upto_batch_id::bigint) as batch_id
from touched_runs
left join run_evidence as evidence on touched_runs.run_id = evidence.run_id
