-- Records that could not be stored as themselves, and whether they were sent again with success.
-- grain: one row per rejected or conflicting record
select
    rejects.*,
    replays.reject_id is not null as replayed
from staging.rejects as rejects
left join (
    select distinct reject_id
    from staging.replays
    where outcome in ('stored', 'duplicate')
) as replays on rejects.reject_id = replays.reject_id
