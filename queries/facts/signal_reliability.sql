-- The reliability in force: how often a step with such a share of the score was the right one.
-- grain: one row per basis and range of shares
select
    version,
    basis,
    share_from,
    share_below,
    probability,
    band,
    runs
from localization.share_reliability
where (basis, version) in (
    select (newest.basis, max(newest.version))
    from localization.share_reliability as newest
    group by newest.basis
)
