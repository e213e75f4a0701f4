-- The weights in force: how much each signal speaks for a step.
-- grain: one row per basis and signal
-- The newest version that knows the signal; versions from 1000 on are calibrations of this store, and win over what is shipped.
select
    basis,
    signal,
    max(version) as version,
    arg_max(made_by, version) as made_by,
    arg_max(weight, version) as weight
from localization.signal_weights
group by basis, signal
