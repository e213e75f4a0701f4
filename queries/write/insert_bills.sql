-- Append incoming lines to prices.bills.
-- grain: one row per incoming line
insert into prices.bills by name
select * from incoming
