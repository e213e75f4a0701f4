-- What the tools of one run and people's time on its workflow cost, each for the days on which it holds.
-- grain: one row per price version, kind, name and span of days
-- param run_id varchar default null: the run
-- from_day and to_day are both included, null where open.
with run as (
    select workflow
    from facts.runs
    where run_key = macros.run_key($run_id::varchar) and run_id = $run_id::varchar
),

tools as (
    select distinct name
    from facts.steps_of($run_id::varchar)
    where kind = 'tool_call'
)

select
    rates.price_version,
    rates.kind,
    rates.name,
    case when rates.valid_from > '0001-01-01'::date then rates.valid_from end as from_day,
    case when rates.valid_until < '9999-12-31'::date then (rates.valid_until - 1)::date end as to_day,
    rates.usd,
    rates.source
from facts.rates_in_force as rates
where
    (rates.kind = 'tool' and rates.name in (from tools))
    or (rates.kind = 'people' and (rates.name is null or rates.name in (from run)))
order by rates.kind, rates.name nulls first, rates.valid_from, rates.price_version
