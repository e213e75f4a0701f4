-- Append incoming rows to prices.unit_prices.
-- grain: one row per incoming row
insert into prices.unit_prices by name
select * from incoming
