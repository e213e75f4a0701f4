-- rollup.signals: what speaks for which step of the runs that are known to be bad.
-- grain: one row per step, signal and piece of evidence
-- written only by queries/write/analyse_*.sql; facts.signals says what the columns mean
create table if not exists rollup.signals (
    run_id varchar,
    run_key ubigint,
    step_place bigint,
    step_id varchar,
    kind varchar,
    name varchar,
    agent varchar,
    signal varchar,
    evidence varchar,
    evidence_step_ids varchar[]
);
