-- How often a step with such a share of the score was the right one, as in force: what the confidence of an exported run rests on.
-- grain: one row per basis and range of shares
select
    version,
    basis,
    share_from,
    share_below,
    probability,
    band,
    runs
from facts.signal_reliability
order by basis, share_from
