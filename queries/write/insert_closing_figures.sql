-- The counts and sums of a week that was just closed, as they are now.
-- grain: one row per workflow, environment and team that had a run
insert into weeks.figures by name
select
    figures.*,
    $closing::bigint as closing
from marts.weekly_scoreboard as figures
where figures.week_start = $week_start::date
