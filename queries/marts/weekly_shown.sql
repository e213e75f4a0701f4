-- The week's counts and sums as the scoreboard shows them: closed weeks as they were closed, all others as of now.
-- grain: one row per ISO week (UTC), workflow, environment and team that has a run
select *
from facts.closed_figures
union all by name
select figures.*
from marts.weekly_scoreboard as figures
anti join facts.week_closings as closings on figures.week_start = closings.week_start
