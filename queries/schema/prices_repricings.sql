-- prices.repricings: what a new price version changed, by model and ISO week.
-- grain: one row per price version, provider, model and week
-- calls: the model calls of that model and week from since_day on; usd_before and usd_after: their computed cost under the
-- version before and under this one, null where nothing was priced; priced_before and priced_after: how many had a price.
create table if not exists prices.repricings (
    price_version varchar not null,
    price_version_before varchar,
    since_day date not null,
    provider varchar,
    model varchar,
    week varchar not null,
    calls bigint not null,
    priced_before bigint not null,
    priced_after bigint not null,
    usd_before decimal(38, 9),
    usd_after decimal(38, 9),
    repriced_at timestamp not null
);
