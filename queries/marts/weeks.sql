-- The weeks that have a run.
-- grain: one row per ISO week (UTC)
select
    week_start,
    min(week) as week,
    count(*) as runs
from facts.runs
group by week_start
