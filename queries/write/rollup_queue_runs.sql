-- Refresh 15c: what is worked out of a run after this (collector/store/analyses.py) is to be worked out again.
-- grain: one row per touched run
insert into rollup.changed_runs
select
    run_id,
    $upto_batch_id::bigint as batch_id
from touched_runs
