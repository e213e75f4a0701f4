-- rollup.lone_calls: model calls of traces that hold nothing but model calls: what a client library tells of, or a chat.
-- grain: one row per model call span of such a trace; written only by queries/write/rollup_*.sql
create table if not exists rollup.lone_calls (
    trace_id varchar,
    step_id varchar,
    resource_key ubigint,
    service varchar,
    model varchar,
    is_error boolean,
    response_id varchar,
    requested_calls varchar,
    input_tokens bigint,
    output_tokens bigint,
    started_at timestamp,
    ended_at timestamp
);
