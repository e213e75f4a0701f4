-- How much each signal speaks for a step, as in force: what the step to blame of an exported run rests on.
-- grain: one row per basis and signal
select
    basis,
    signal,
    version,
    made_by,
    weight
from facts.signal_weights
order by basis, signal
