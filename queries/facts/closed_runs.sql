-- The runs of closed weeks, as they stood at the newest closing.
-- grain: one row per closed ISO week (UTC) and run
select runs.* exclude (closing)
from weeks.runs as runs
semi join facts.week_closings as closings
    on runs.week_start = closings.week_start and runs.closing = closings.closing and closings.is_newest
