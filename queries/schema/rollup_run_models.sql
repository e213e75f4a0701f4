-- rollup.run_models: what each run asked of each model, and what it cost, bucket by bucket.
-- grain: one row per run, agent, provider, model, kind of step served, day, cost_status and price version
-- written only by queries/write/analyse_*.sql; facts.run_models says what the columns mean
create table if not exists rollup.run_models (
    run_id varchar,
    run_key ubigint,
    agent varchar,
    provider varchar,
    model varchar,
    served_kind varchar,
    day date,
    cost_status varchar,
    price_version varchar,
    calls bigint,
    failed_calls bigint,
    unpriced_calls bigint,
    usage_missing_calls bigint,
    input_tokens bigint,
    output_tokens bigint,
    cache_read_tokens bigint,
    cache_write_tokens bigint,
    reasoning_tokens bigint,
    input_usd_per_mtok decimal(18, 9),
    cache_read_usd_per_mtok decimal(18, 9),
    cache_write_usd_per_mtok decimal(18, 9),
    output_usd_per_mtok decimal(18, 9),
    input_cost_usd decimal(38, 9),
    cache_read_cost_usd decimal(38, 9),
    cache_write_cost_usd decimal(38, 9),
    output_cost_usd decimal(38, 9),
    other_cost_usd decimal(38, 9),
    cost_usd decimal(38, 9)
);
