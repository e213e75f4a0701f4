-- What to look at first among runs that nobody knows to be bad: suspicions, with how often each kind was right so far.
-- grain: one row per run, suspicion and step, the most often right first
-- param run_id varchar default null: one run
-- param workflow varchar default null: one workflow, or '(none)'
-- param from timestamp default null: runs started at or after, UTC
-- param to timestamp default null: runs started before, UTC
select *
from marts.suspicions
where ($run_id::varchar is null or run_id = $run_id::varchar)
    and macros.matches(workflow, $workflow)
    and ($from::timestamp is null or started_at >= $from::timestamp)
    and ($to::timestamp is null or started_at < $to::timestamp)
order by precision_share desc nulls last, started_at desc, run_id, step_place, suspicion
