-- The weeks that can be chosen, newest first.
-- grain: one row per ISO week (UTC) with a run
-- param now timestamp default null: the moment that counts as now, in UTC; default the clock
select
    week,
    week_start,
    week_start + 6 as week_end,
    runs,
    closed_at,
    closed_by,
    macros.utc_now($now) >= week_start + interval 7 day as is_complete,
    macros.utc_now($now) >= week_start and macros.utc_now($now) < week_start + interval 7 day as is_running
from marts.weeks
order by week_start desc
