-- macros.json_money: an amount of money as a JSON number: every decimal that it has, and no zero behind the last.
-- grain: one varchar, or null
create or replace macro macros.json_money(amount) as
rtrim(rtrim(amount::varchar, '0'), '.')
