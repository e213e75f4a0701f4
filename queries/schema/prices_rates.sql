-- prices.rates: what people's time and tools cost, as the user's own settings said at each price version (append-only).
-- grain: one row per price version, kind, name and span of days
-- kind: tool (name: the tool's name; usd: per call) or people (name: a workflow, null: any other; usd: per hour). from_day and to_day are both
-- included, null where open.
create table if not exists prices.rates (
    price_version varchar not null,
    kind varchar not null,
    name varchar,
    from_day date,
    to_day date,
    usd decimal(18, 9) not null,
    source varchar not null
);
