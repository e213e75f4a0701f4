-- How often each suspicion was right: of the checked runs that have it, the share that was found wrong.
-- grain: one row per suspicion, and one for any of them
select *
from marts.suspicion_precision
order by precision_share desc, suspicion
