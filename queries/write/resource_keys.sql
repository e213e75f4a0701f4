-- Senders that are stored already.
-- grain: one row per stored resource and scope
select resource_key
from ledger.resources
