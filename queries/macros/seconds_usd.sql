-- macros.seconds_usd: what so many milliseconds cost at a price per second; nothing where there is no such price, unknown
-- where there is one and nobody said how long it took.
-- grain: one decimal(38, 15), or null
create or replace macro macros.seconds_usd(duration_ms, second_usd) as
case
    when second_usd is null then 0::decimal(38, 15)
    else (
        try_cast(duration_ms * 0.001::double as decimal(15, 6))::decimal(20, 6) * second_usd::decimal(18, 9)
    )::decimal(38, 15)
end
