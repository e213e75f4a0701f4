-- The weights in force: how much each signal speaks for a step.
-- grain: one row per signal
select
    version,
    made_by,
    signal,
    weight
from localization.weights
where version = (select max(newest.version) from localization.weights as newest)
