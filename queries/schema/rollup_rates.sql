-- rollup.rates: the rates in force, as of the last refresh: worked out from schema prices. Safe to empty.
-- grain: one row per price version, kind, name and span of days; written only by collector/store/in_force.py
create table if not exists rollup.rates (
    price_version varchar not null,
    kind varchar not null,
    name varchar,
    usd decimal(18, 9) not null,
    source varchar not null,
    valid_from date not null,
    valid_until date not null
);
