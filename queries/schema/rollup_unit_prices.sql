-- rollup.unit_prices: the unit prices in force, as of the last refresh: worked out from schema prices. Safe to empty.
-- grain: one row per provider, model, service_tier, day and band; written only by collector/store/in_force.py
-- A table, as each read of calls needs them, and which row holds is dear to find out each time. unit_price is null where no
-- book knows a price.
create table if not exists rollup.unit_prices (
    price_version varchar not null,
    provider varchar,
    model varchar not null,
    service_tier varchar,
    day date not null,
    min_input_tokens bigint not null,
    max_input_tokens bigint not null,
    from_second bigint not null,
    to_second bigint not null,
    unit_price struct(
        input decimal(18, 9),
        cache_read decimal(18, 9),
        cache_write decimal(18, 9),
        cache_write_1h decimal(18, 9),
        output decimal(18, 9),
        reasoning decimal(18, 9),
        audio_input decimal(18, 9),
        audio_output decimal(18, 9),
        request decimal(18, 9),
        second decimal(18, 9)
    ),
    source varchar,
    source_version varchar,
    price_provider varchar,
    price_model varchar,
    price_since date,
    is_before_first_price boolean not null,
    note varchar
);
