-- prices.unit_prices: what a model call of a day cost per unit, resolved once and never changed (append-only).
-- grain: one row per price_version, provider, model, service_tier, day and band (input tokens, seconds of the UTC day)
-- provider, model (response_model, else request_model) and service_tier are as the step says them, null where it says none;
-- price_provider and price_model are what the book knows them as. A band holds where min_input_tokens <= input tokens <=
-- max_input_tokens and from_second <= second of the day < to_second: the bands of a key leave no gap and do not overlap.
-- A price that is null is unknown: a call with tokens of that kind is then unpriced. Where the provider bills a kind as
-- input or output (cached tokens of a provider without a price for them, reasoning) that price stands here already.
-- source: user, genai-prices, or null (no book knows it). price_since: the day from which the book has this price, null
-- where it gives none. is_before_first_price: the day is before all days that the book knows. note: why, in words.
create table if not exists prices.unit_prices (
    price_version varchar not null,
    provider varchar,
    model varchar not null,
    service_tier varchar,
    day date not null,
    min_input_tokens bigint not null,
    max_input_tokens bigint not null,
    from_second bigint not null,
    to_second bigint not null,

    input_usd_per_mtok decimal(18, 9),
    cache_read_usd_per_mtok decimal(18, 9),
    cache_write_usd_per_mtok decimal(18, 9),
    cache_write_1h_usd_per_mtok decimal(18, 9),
    output_usd_per_mtok decimal(18, 9),
    reasoning_usd_per_mtok decimal(18, 9),
    audio_input_usd_per_mtok decimal(18, 9),
    audio_output_usd_per_mtok decimal(18, 9),
    request_usd decimal(18, 9),
    second_usd decimal(18, 9),

    source varchar,
    source_version varchar,
    price_provider varchar,
    price_model varchar,
    price_since date,
    is_before_first_price boolean not null,
    note varchar,
    batch_id bigint,
    resolved_at timestamp not null
);
