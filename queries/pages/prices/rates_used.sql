-- What tools and people's time cost by the settings: per call, per hour, each for the days on which it holds.
-- grain: one row per price version, kind, name and span of days
-- valid_from is included, valid_until is not.
select
    kind,
    name,
    usd,
    valid_from,
    valid_until,
    source,
    price_version
from facts.rates_in_force
order by kind, name, valid_from
