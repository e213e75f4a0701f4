-- rollup.suspicions: what looks wrong in a run by its trace alone, whether or not anybody checked it.
-- grain: one row per run, suspicion and step
-- written only by queries/write/analyse_*.sql; facts.suspicions says what the columns mean
create table if not exists rollup.suspicions (
    run_id varchar,
    run_key ubigint,
    suspicion varchar,
    step_place bigint,
    step_id varchar,
    kind varchar,
    name varchar,
    agent varchar,
    evidence varchar,
    evidence_step_ids varchar[]
);
