-- rollup.run_waste: what each run spent in vain, by kind.
-- grain: one row per run and kind
-- written only by queries/write/analyse_*.sql; facts.run_waste says what the columns mean
create table if not exists rollup.run_waste (
    run_id varchar,
    run_key ubigint,
    kind varchar,
    steps bigint,
    unpriced_calls bigint,
    amount_usd decimal(38, 9),
    net_usd decimal(38, 9),
    step_ids varchar[]
);
