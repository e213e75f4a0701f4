-- macros.minutes_usd: what minutes of a person's time cost at a rate per hour, cut off below a billionth of a dollar.
-- grain: one decimal(38, 9), or null
create or replace macro macros.minutes_usd(minutes, hourly_rate_usd) as
macros.money_per(
    (try_cast(minutes as decimal(12, 6))::decimal(20, 6) * hourly_rate_usd::decimal(18, 9))::decimal(38, 9), 60
)
