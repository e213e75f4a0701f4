-- The steps to blame of bad runs: at most three each, ranked, with evidence and confidence; or that it cannot be told.
-- grain: one row per run and rank, newest run first
-- param run_id varchar default null: one run
-- param workflow varchar default null: one workflow, or '(none)'
-- param from timestamp default null: runs started at or after, UTC
-- param to timestamp default null: runs started before, UTC
select
    culprits.run_id,
    culprits.rank,
    culprits.step_id,
    culprits.kind,
    culprits.name,
    culprits.agent,
    culprits.role,
    culprits.score,
    culprits.confidence,
    culprits.band,
    culprits.abstained,
    culprits.class,
    culprits.evidence,
    culprits.bad_by,
    culprits.basis,
    culprits.symptom_step_id,
    culprits.claim_step_id,
    runs.workflow,
    runs.started_at
from marts.culprits as culprits
inner join facts.runs as runs on culprits.run_id = runs.run_id
where ($run_id::varchar is null or culprits.run_id = $run_id::varchar)
    and macros.matches(runs.workflow, $workflow)
    and ($from::timestamp is null or runs.started_at >= $from::timestamp)
    and ($to::timestamp is null or runs.started_at < $to::timestamp)
order by runs.started_at desc, culprits.run_id, culprits.rank
