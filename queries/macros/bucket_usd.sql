-- macros.bucket_usd: what so many tokens cost at a price per million, exactly. No tokens cost nothing, whatever the price;
-- tokens without a price, or a count that no call can have (a hostile sender), have an unknown cost: null.
-- DuckDB keeps the product of two narrow decimals narrow and then raises an overflow: so one of them is made wide.
-- grain: one decimal(38, 15), or null
create or replace macro macros.bucket_usd(tokens, usd_per_mtok) as
case
    when tokens = 0 then 0::decimal(38, 15)
    when tokens > 0
        then (
            try_cast(tokens as decimal(12, 0))::decimal(20, 0) * usd_per_mtok::decimal(18, 9) * 0.000001::decimal(7, 6)
        )::decimal(38, 15)
end
