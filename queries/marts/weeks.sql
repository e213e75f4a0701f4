-- The weeks that have a run, and when they were closed.
-- grain: one row per ISO week (UTC)
select
    runs.week_start,
    min(runs.week) as week,
    count(*) as runs,
    max(closings.closed_at) as closed_at,
    max(closings.closed_by) as closed_by
from facts.runs as runs
left join facts.week_closings as closings on runs.week_start = closings.week_start and closings.is_newest
group by runs.week_start
