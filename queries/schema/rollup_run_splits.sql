-- rollup.run_splits: steps of traces that hold several runs, because the root that began them never came.
-- grain: one row per step that belongs to another run than its trace's id says
-- written only by queries/write/rollup_*.sql
create table if not exists rollup.run_splits (
    trace_id varchar,
    step_id varchar,
    run_id varchar
);
