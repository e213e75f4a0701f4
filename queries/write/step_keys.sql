-- Keys of all stored steps, for the filter that spares fresh data a look-up.
-- grain: one row per step
select step_key
from ledger.steps
