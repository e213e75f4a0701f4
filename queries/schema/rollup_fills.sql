-- rollup.fills: what the other reports of a call say, for the counted report to be filled in with where it is silent.
-- grain: one row per counted call that was told of more than once; written only by queries/write/rollup_*.sql
-- price_provider, price_model and price_tier are of one report: prices are resolved for what one step says.
create table if not exists rollup.fills (
    trace_id varchar,
    run_id varchar,
    step_id varchar,
    model varchar,
    provider varchar,
    service_tier varchar,
    is_error boolean,
    input_tokens bigint,
    output_tokens bigint,
    cache_read_tokens bigint,
    cache_write_tokens bigint,
    cache_write_1h_tokens bigint,
    reasoning_tokens bigint,
    audio_input_tokens bigint,
    audio_output_tokens bigint,
    reported_cost_usd decimal(18, 9),
    price_provider varchar,
    price_model varchar,
    price_tier varchar
);
