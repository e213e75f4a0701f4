-- What looks wrong in one run that nobody knows to be bad, and how often each kind of suspicion was right so far.
-- grain: one row per suspicion and step; none where the run is known to be bad
-- param run_id varchar default null: the run
select
    suspicion,
    step_place,
    step_id,
    coalesce(name, kind) as name,
    evidence,
    evidence_step_ids,
    is_checked,
    checked_runs,
    bad_runs,
    precision_share
from marts.suspicions
where run_id = $run_id::varchar
order by precision_share desc nulls last, step_place, suspicion
