-- facts.unit_prices_as_of: the unit prices that hold for each day as of a price version (null: as of now).
-- grain: one row per provider, model, service_tier, day and band
-- For a key (provider, model, service_tier, day) the newest version that has rows for it counts: a repricing since a day
-- writes rows for the days from there on only, so earlier days keep theirs. Two collectors of one lake may both have
-- resolved a key: the later delivery's rows are taken, whole. Version names sort by the time they were made.
-- unit_price: the prices as macros.call_cost_usd takes them; null where no book knows any.
create or replace macro facts.unit_prices_as_of(as_of_version) as table
select
    *,
    case when source is not null then {
        'input': input_usd_per_mtok,
        'cache_read': cache_read_usd_per_mtok,
        'cache_write': cache_write_usd_per_mtok,
        'cache_write_1h': cache_write_1h_usd_per_mtok,
        'output': output_usd_per_mtok,
        'reasoning': reasoning_usd_per_mtok,
        'audio_input': audio_input_usd_per_mtok,
        'audio_output': audio_output_usd_per_mtok,
        'request': request_usd,
        'second': second_usd
    } end as unit_price
from prices.unit_prices
where coalesce(price_version <= as_of_version, true)
qualify rank() over (
    partition by provider, model, service_tier, day
    order by price_version desc, resolved_at desc, batch_id desc
) = 1
