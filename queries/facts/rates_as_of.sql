-- facts.rates_as_of: what tools and people's time cost, each for the days on which it holds, as of a price version (null: now).
-- grain: one row per price version, kind, name and span of days
-- For a day the newest version with since_day <= day holds. valid_from is included, valid_until is not. A call of a tool meets
-- its one row by kind = 'tool', name and day; minutes of a person theirs by facts.people_rate. usd: per call, per hour.
create or replace macro facts.rates_as_of(as_of_version) as table
with versions as (
    select
        price_version,
        since_day,
        coalesce(
            min(since_day) over (
                order by price_version desc
                rows between unbounded preceding and 1 preceding
            ), '9999-12-31'::date
        ) as until_day
    from prices.versions
    where coalesce(price_version <= as_of_version, true)
),

spans as (
    select
        rates.price_version,
        rates.kind,
        rates.name,
        rates.usd,
        rates.source,
        greatest(versions.since_day, coalesce(rates.from_day, versions.since_day)) as valid_from,
        least(versions.until_day, coalesce((rates.to_day + 1)::date, versions.until_day)) as valid_until
    from prices.rates as rates
    inner join versions on rates.price_version = versions.price_version
)

select *
from spans
where valid_from < valid_until
