-- rollup.lone_pairs: which calls of lone traces may tell of a call of another trace.
-- grain: one row per call of a lone trace and call of another trace that agree; written only by queries/write/rollup_*.sql
-- distance_us: how far their beginnings and ends are apart.
create table if not exists rollup.lone_pairs (
    trace_id varchar,
    step_id varchar,
    resource_key ubigint,
    around_trace_id varchar,
    around_step_id varchar,
    around_resource_key ubigint,
    distance_us bigint
);
