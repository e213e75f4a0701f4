-- Each time that a week was closed, and which closing counts.
-- grain: one row per closing of an ISO week (UTC)
select
    *,
    closing = max(closing) over (partition by week_start) as is_newest
from weeks.closings
