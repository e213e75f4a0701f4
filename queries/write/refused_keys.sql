-- Contents of all rejects and conflicts that are kept, so that one which is sent again is not kept again.
-- grain: one row per kept reject
select content_hash
from ledger.rejects
