-- Contents of the conflicts that are kept, so that one which is sent again counts as a duplicate.
-- grain: one row per kept conflict
select content_hash
from ledger.rejects
where outcome = 'conflict'
