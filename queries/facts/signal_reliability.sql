-- The reliability in force: how often a step with such a share of the score was the right one.
-- grain: one row per range of shares
select
    version,
    share_from,
    share_below,
    probability,
    band,
    runs
from localization.reliability
where version = (select max(newest.version) from localization.reliability as newest)
