-- When the newest step began, whichever run it belongs to.
-- grain: one row per store, always
-- By itself: facts.steps finds the run of every step first, which takes ten times as long.
select max(started_at) as newest_event_at
from staging.steps
