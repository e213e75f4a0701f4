-- rollup.value_flows: in the runs that are known to be bad, which step gave the values that suspect calls were given.
-- grain: one row per suspect call, argument and value
-- written only by queries/write/analyse_*.sql; facts.value_flows says what the columns mean
create table if not exists rollup.value_flows (
    run_id varchar,
    run_key ubigint,
    from_step_id varchar,
    from_step_place bigint,
    to_step_id varchar,
    to_step_place bigint,
    argument varchar,
    value varchar,
    is_expected boolean
);
