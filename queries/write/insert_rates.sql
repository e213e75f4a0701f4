-- Append incoming rows to prices.rates.
-- grain: one row per incoming row
insert into prices.rates by name
select * from incoming
