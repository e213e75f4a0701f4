-- What each repricing changed, by model and week, the newest first.
-- grain: one row per price version, provider, model and week
-- param price_version varchar default null: only this version; null: all
-- difference_usd: of what was priced after and before; a side without any price counts as nothing there.
select
    price_version,
    price_version_before,
    since_day,
    provider,
    model,
    week,
    calls,
    priced_before,
    priced_after,
    usd_before,
    usd_after,
    coalesce(usd_after, 0) - coalesce(usd_before, 0) as difference_usd,
    repriced_at
from facts.repricings
where $price_version::varchar is null or price_version = $price_version::varchar
order by price_version desc, week, provider, model
