-- Analyse suspicions: put them in again, of all runs: those that were checked say how often a suspicion is right.
-- grain: one row per run, suspicion and step
insert into rollup.suspicions by name
select
    found.run_id,
    macros.run_key(found.run_id) as run_key,
    found.suspicion,
    found.k as step_place,
    steps.step_id,
    steps.kind,
    steps.name,
    steps.agent,
    found.evidence,
    list(cited.step_id order by cited.k) as evidence_step_ids
from (
    select
        *,
        unnest(evidence_ks) as cited_k
    from localized_suspicions
) as found
inner join localized_steps as steps on found.run_id = steps.run_id and found.k = steps.k
inner join localized_steps as cited on found.run_id = cited.run_id and found.cited_k = cited.k
group by found.run_id, found.suspicion, found.k, steps.step_id, steps.kind, steps.name, steps.agent, found.evidence
