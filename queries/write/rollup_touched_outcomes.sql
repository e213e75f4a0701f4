-- Refresh 14a: the outcomes that a batch after $after_batch_id up to $upto_batch_id named, and those that touched runs serve.
-- grain: one row per outcome id
create or replace temp table touched_outcomes as
select outcome_id from facts.outcome_mentions
where batch_id > $after_batch_id::bigint and batch_id <= $upto_batch_id::bigint
union
select mentions.outcome_id
from facts.outcome_mentions as mentions
semi join touched_runs on mentions.run_id = touched_runs.run_id
