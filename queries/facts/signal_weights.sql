-- The weights in force: how much each signal speaks for a step.
-- grain: one row per basis and signal
select
    version,
    made_by,
    basis,
    signal,
    weight
from localization.signal_weights
where version = (select max(newest.version) from localization.signal_weights as newest)
