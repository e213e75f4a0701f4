-- What each run really did, in numbers: for comparing with a provider's own log.
-- grain: one row per run that has a step or a final event
-- param run_id varchar default null: one run; default all
select *
from facts.run_totals
where $run_id::varchar is null or run_id = $run_id::varchar
order by started_at, run_id
