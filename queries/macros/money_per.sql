-- macros.money_per: money divided by a count, still DECIMAL (decimal / integer would be DOUBLE); null without a count.
-- Exact to a billionth of a dollar, the rest cut off.
-- grain: one decimal(38, 9)
create or replace macro macros.money_per(amount_usd, number) as
    case
        when number > 0
            then (
                (amount_usd * 1000000000)::decimal(38, 0)::hugeint // number::hugeint
            )::decimal(38, 0) * 0.000000001::decimal(9, 9)
    end
