-- rollup.localized_runs: the runs that are known to be bad, by what, and where that shows.
-- grain: one row per run
-- candidates: steps that can be to blame. symptom: the last step at which the wrong state was written, or failed to be.
-- claim: what the agent last said it had done. Written only by queries/write/analyse_*.sql
create table if not exists rollup.localized_runs (
    run_id varchar,
    run_key ubigint,
    bad_by varchar,
    assertions bigint,
    candidates bigint,
    symptom_step_id varchar,
    claim_step_id varchar
);
