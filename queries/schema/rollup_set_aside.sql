-- rollup.set_aside: runs that could not be worked out, so that they hold up no other.
-- grain: one row per run, or trace of a run, that made a refresh fail
-- What came of it later stays out too; the rollup made anew by other SQL tries again. What was known of it before stays.
create table if not exists rollup.set_aside (
    run_id varchar,
    reason varchar,
    batch_id bigint,
    set_aside_at timestamp
);
