-- rollup.twins: steps that tell of a call which another step counts: wrappers, second instrumentations, log records.
-- grain: one row per step that is not counted; counted_step_id is null where it adds up several calls
-- written only by queries/write/rollup_*.sql
create table if not exists rollup.twins (
    trace_id varchar,
    run_id varchar,
    step_id varchar,
    counted_step_id varchar
);
