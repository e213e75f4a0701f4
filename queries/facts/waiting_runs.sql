-- Runs that changed since their analyses (facts.run_models, facts.run_waste, …) were made: these show them as they were before.
-- grain: one row per run; nearly always none, as a read that rests on analyses has them made first, for two seconds at most
select distinct run_id
from rollup.changed_runs
