-- Localization data: the newest version of weights and reliability that the store has.
-- grain: one row
select coalesce(max(version), 0) as version
from localization.signal_weights
