-- The counts and sums of closed weeks, as their newest closing has them.
-- grain: one row per closed ISO week (UTC), workflow, environment and team that had a run
select figures.* exclude (closing)
from weeks.figures as figures
semi join facts.week_closings as closings
    on figures.week_start = closings.week_start and figures.closing = closings.closing and closings.is_newest
