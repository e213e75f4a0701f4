-- rollup.changed_runs: the queue of the analyses: runs (or traces) that a refresh made, changed or removed.
-- grain: one row per refresh and run; written by queries/write/rollup_queue_runs.sql, emptied by queries/write/analyse_*.sql
create table if not exists rollup.changed_runs (
    run_id varchar,
    batch_id bigint
);
