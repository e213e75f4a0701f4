-- What looks wrong in a run by its trace alone: suspicions, not failures.
-- grain: one row per run, suspicion and step
-- Of all runs, bad ones too, so that marts.suspicion_precision can say how often a suspicion is right.
select * exclude (run_key)
from rollup.suspicions
