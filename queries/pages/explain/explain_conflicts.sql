-- What came for a run and could not be stored as itself: rejected records, and second records that say something else.
-- grain: one row per outcome and reason
-- param run_id varchar default null: the run
select
    outcome,
    reason,
    count(*) as records,
    count(*) filter (where replayed) as replayed
from facts.rejects
where run_id = $run_id::varchar
group by outcome, reason
order by outcome, reason
