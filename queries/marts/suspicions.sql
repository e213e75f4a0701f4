-- What to look at first among runs that nobody knows to be bad: suspicions, with how often each kind was right so far.
-- grain: one row per run, suspicion and step
-- Never failures: no figure counts them. precision_share is null where no checked run had the suspicion.
select
    suspicions.*,
    runs.workflow,
    runs.status_shown,
    runs.is_checked,
    runs.started_at,
    precision_of.checked_runs,
    precision_of.bad_runs,
    precision_of.precision_share,
    precision_of.precision_low,
    precision_of.precision_high
from facts.suspicions as suspicions
inner join facts.runs as runs on suspicions.run_id = runs.run_id
anti join facts.localized_runs as bad on suspicions.run_id = bad.run_id
left join marts.suspicion_precision as precision_of on suspicions.suspicion = precision_of.suspicion
