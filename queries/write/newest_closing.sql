-- The closing of a week that counts.
-- grain: one row; none for a week that is not closed
select
    week,
    closing,
    closed_at,
    closed_by,
    price_version,
    data_to,
    runs
from weeks.closings
where week_start = $week_start::date
order by closing desc
limit 1
