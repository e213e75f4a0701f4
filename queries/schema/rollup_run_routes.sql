-- rollup.run_routes: which models served each run, and whether it went from a cheaper to a dearer one.
-- grain: one row per run with a model call that names its model
-- written only by queries/write/analyse_*.sql; facts.run_routes says what the columns mean
create table if not exists rollup.run_routes (
    run_id varchar,
    run_key ubigint,
    entry_model varchar,
    route varchar,
    models bigint,
    calls bigint,
    unknown_price_calls bigint,
    model_escalations bigint,
    escalated_calls bigint,
    escalated_cost_usd decimal(38, 9),
    escalated_step_id varchar
);
