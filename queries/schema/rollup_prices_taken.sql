-- rollup.prices_taken: how many rows of schema prices the unit prices and rates in force rest on. They are append-only: other
-- rows are more rows.
-- grain: one row, none before the first refresh
create table if not exists rollup.prices_taken (
    price_rows bigint not null
);
