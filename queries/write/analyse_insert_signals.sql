-- Analyse signals: put them in again: of runs that are known to be bad, on steps that can be to blame.
-- grain: one row per step, signal and piece of evidence
insert into rollup.signals by name
select
    found.run_id,
    macros.run_key(found.run_id) as run_key,
    found.k as step_place,
    steps.step_id,
    steps.kind,
    steps.name,
    steps.agent,
    found.signal,
    found.evidence,
    list(cited.step_id order by cited.k) as evidence_step_ids
from (
    select
        *,
        unnest(evidence_ks) as cited_k
    from localized_signals
) as found
inner join localized_steps as steps on found.run_id = steps.run_id and found.k = steps.k
inner join localized_steps as cited on found.run_id = cited.run_id and found.cited_k = cited.k
where steps.bad_by is not null and steps.is_candidate
group by found.run_id, found.k, steps.step_id, steps.kind, steps.name, steps.agent, found.signal, found.evidence
