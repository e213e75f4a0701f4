-- macros.plus: the sum of two amounts of which either may be unknown; unknown only where both are. Stays DECIMAL.
-- grain: one decimal(38, 9)
create or replace macro macros.plus(one, other) as
case
    when one is null then other::decimal(38, 9)
    when other is null then one::decimal(38, 9)
    else one::decimal(38, 9) + other::decimal(38, 9)
end
