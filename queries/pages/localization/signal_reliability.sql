-- How often a step with such a share of the score was the right one, on runs whose fault is known.
-- grain: one row per basis and range of shares
select *
from facts.signal_reliability
order by basis, share_from
