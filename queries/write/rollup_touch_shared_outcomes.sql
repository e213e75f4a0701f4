-- Refresh 14c: these runs' other outcomes share their cost, so they are worked out again too.
-- grain: one row per outcome id
-- Here it ends: of a run that serves one of these alone, nothing changes.
insert into touched_outcomes
select distinct mentions.outcome_id
from facts.outcome_mentions as mentions
semi join touched_runs on mentions.run_id = touched_runs.run_id
anti join touched_outcomes on mentions.outcome_id = touched_outcomes.outcome_id
