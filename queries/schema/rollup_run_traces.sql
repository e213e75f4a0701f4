-- rollup.run_traces: traces that belong to a run that another trace began.
-- grain: one row per such trace; a trace that is a run of its own has none
-- written only by queries/write/rollup_*.sql
create table if not exists rollup.run_traces (
    trace_id varchar,
    run_id varchar
);
