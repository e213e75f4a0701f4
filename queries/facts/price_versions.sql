-- The price versions of this store. For a day the newest with since_day <= day holds.
-- grain: one row per price version
select * from prices.versions
