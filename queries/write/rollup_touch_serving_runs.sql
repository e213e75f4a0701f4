-- Refresh 14b: what names an outcome holds for every run that serves it, so these are touched too.
-- grain: one row per run
insert into touched_runs
select distinct mentions.run_id
from facts.outcome_mentions as mentions
semi join touched_outcomes on mentions.outcome_id = touched_outcomes.outcome_id
anti join touched_runs on mentions.run_id = touched_runs.run_id
where mentions.run_id is not null
