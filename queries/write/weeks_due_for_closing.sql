-- The weeks that the schedule closes now: over since a set number of days, with runs that have been here as long, and open.
-- grain: one row per ISO week (UTC), oldest first
-- Since the first of its runs came, too: a history that is imported now is not closed while its files still come.
select weeks.week_start
from (
    select
        week_start,
        min(batch_id) as first_batch_id
    from facts.runs
    where week_start + interval 7 day <= $ended_before::timestamp
    group by week_start
) as weeks
inner join ledger.batches as batches on weeks.first_batch_id = batches.batch_id
where batches.committed_at <= $ended_before::timestamp
    and weeks.week_start not in (select closings.week_start from weeks.closings as closings)
order by weeks.week_start
