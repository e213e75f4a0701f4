-- How much each signal speaks for a step, and who measured it.
-- grain: one row per basis and signal
select *
from facts.signal_weights
order by basis, weight desc, signal
