-- The runs that are known to be bad, by what, and at which steps that shows.
-- grain: one row per run
-- symptom_step_id: the last step at which the wrong state was written, or failed to be; claim_step_id: what the agent last
-- said it had done. Neither is the step to blame: that is in marts.culprits.
-- basis: diff where the check said what it expected and found, else trace: then only the steps speak.
select
    * exclude (run_key),
    case when assertions > 0 then 'diff' else 'trace' end as basis
from rollup.localized_runs
