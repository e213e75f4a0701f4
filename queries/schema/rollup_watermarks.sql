-- rollup.watermarks: up to which batch the rollup holds everything, and by which SQL it was made.
-- grain: one row, updated by each refresh (so that two refreshes at once conflict, as they should)
create table if not exists rollup.watermarks (
    batch_id bigint not null,
    definition varchar not null,
    refreshed_at timestamp not null
);
