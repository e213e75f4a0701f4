-- rollup.settings: settings of the collector that views rest on.
-- grain: one row per setting
create table if not exists rollup.settings (
    name varchar not null,
    amount double not null
);
