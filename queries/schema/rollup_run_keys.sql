-- rollup.run_keys: what ties traces together as one run: keys that spans carry, and tool calls asked for in one trace and
-- carried out in another.
-- grain: one row per key, trace and refresh that met it; written only by queries/write/rollup_*.sql
create table if not exists rollup.run_keys (
    shared_key varchar,
    trace_id varchar,
    is_follower boolean,
    started_at timestamp
);
